import { setTimeout as delay } from 'node:timers/promises';
import { eventually } from '@contact-sync/testing';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { isFull } from './full-size.ts';
import { calm, edit, knownThere, leadTo, type Stage, within } from './stage.ts';
import { sendWebhooks } from './webhooks.ts';

/** Of each side. */
const editsOfSide = isFull ? 500 : 40;
const perSecond = 20;
/** Here, so that no loop breaker is near. */
const editsOfContact = 5;
/** Within which both sides are silent after the last edit. */
const silentWithinMs = 5_000;
/** For so long after that nothing may move any more. */
const quietMs = 2_000;

const contacts = editsOfSide / editsOfContact;
const acmeIds = Array.from({ length: contacts }, (_, index) => `acme-long-${index}`);

/** What moved on either side: writes that came there, and versions of both. */
const movements = async ({ acme, api }: Stage, ids: readonly string[]) => ({
  writes: acme.requests.filter(({ method }) => method !== 'GET').length,
  there: acmeIds.map((id) => acme.contacts.get(id)?.record.acme_version),
  here: await Promise.all(
    ids.map(async (id) => {
      const { body } = await api.getContact({ params: { id } }, { headers: { 'cache-control': 'no-cache' } });
      return body?.version;
    }),
  ),
});

type SentEdit = { readonly acmeId: string; readonly round: number; readonly at: number };

/** Edits contacts in turn, here and there another one, at the rate; resolves when every edit here is answered. */
const playEdits = async (stage: Stage, ids: readonly string[]): Promise<readonly SentEdit[]> => {
  const startedAt = Date.now();
  const sent: SentEdit[] = [];
  // Whoever edits a contact again has been answered.
  const turns = new Map<number, Promise<unknown>>();
  for (let number = 0; number < editsOfSide; number += 1) {
    await delay(Math.max(0, startedAt + (number * 1_000) / perSecond - Date.now()));
    const [contact, round] = [number % contacts, 1 + Math.floor(number / contacts)];
    const [acmeId = '', id = ''] = [acmeIds[contact], ids[contact]];
    sent.push({ acmeId, round, at: Date.now() });
    const turn = turns.get(contact) ?? Promise.resolve();
    turns.set(
      contact,
      turn.then(() => edit(stage, id, String(round))),
    );
    const other = acmeIds[(number + Math.floor(contacts / 2)) % contacts] ?? '';
    stage.acme.edit(other, { acme_company: `Company ${number}` });
  }
  await Promise.all(turns.values());
  return sent;
};

const writesTo = ({ acme }: Stage, acmeId: string) =>
  acme.requests.filter(({ id, method, status }) => id === acmeId && method === 'PATCH' && status === 200);

/** How long after it was sent AcmeCRM got the write of an edit, or of a later one in its place, in milliseconds. */
const delayOf = (stage: Stage, { acmeId, round, at }: SentEdit): number => {
  const write = writesTo(stage, acmeId).find(({ body }) => Number(body['acme_title']) >= round);
  return (write?.at ?? Number.NaN) - at;
};

/** What each side has of a contact is what was set last there and here, and nobody wrote it oftener than that. */
const expectAgreed = async (stage: Stage, acmeId: string, id: string): Promise<void> => {
  const { record } = stage.acme.contacts.get(acmeId) ?? {};
  expect(record).toMatchObject({ acme_title: String(editsOfContact) });
  const { body } = await stage.api.getContact({ params: { id } });
  expect(body).toMatchObject({ title: record?.acme_title, company: record?.acme_company });
  expect(writesTo(stage, acmeId).length).toBeLessThanOrEqual(editsOfContact);
  for (const version of [record?.acme_version, body?.version]) {
    expect(version).toBeLessThanOrEqual(1 + 2 * editsOfContact);
  }
};

const percentile = (values: readonly number[], share: number): number =>
  values.toSorted((one, other) => one - other)[Math.ceil(values.length * share) - 1] ?? Number.NaN;

/** Many edits, at a rate (design section 6, point 2). */
export const lengthStories = (stage: () => Stage): void => {
  describe(`${2 * editsOfSide} edits, on both sides at ${perSecond} a second each`, () => {
    beforeAll(() => leadTo(stage(), stage().acme.url));
    beforeEach(() => calm(stage()));

    it('all stand, no contact is written more often than it was edited, and both sides are silent 5 s after the last', async () => {
      const known = await Promise.all(acmeIds.map((acmeId) => knownThere(stage(), acmeId)));
      const ids = known.map(({ id }) => id);
      const webhooks = sendWebhooks(stage());
      const sent = await playEdits(stage(), ids);
      const lastAt = Date.now();
      await eventually(
        () => expect(sent.filter((one) => Number.isNaN(delayOf(stage(), one)))).toEqual([]),
        within,
      );
      const took = sent.map((one) => delayOf(stage(), one));
      const [median, slow] = [percentile(took, 0.5), percentile(took, 0.99)];
      const requests = stage().acme.requests.filter(({ id = '' }) => acmeIds.includes(id)).length;
      process.stdout.write(
        `in AcmeCRM after ${median} ms, p99 ${slow} ms: ${took.length} edits here by ${requests} requests\n`,
      );

      await delay(Math.max(0, lastAt + silentWithinMs - Date.now()));
      const silent = await movements(stage(), ids);
      expect(webhooks.areSent()).toBe(true);
      await delay(quietMs);
      expect(await movements(stage(), ids)).toEqual(silent);
      await webhooks.stop();
      for (const [index, id] of ids.entries()) await expectAgreed(stage(), acmeIds[index] ?? '', id);
    });
  });
};
