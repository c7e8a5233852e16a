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

/** When AcmeCRM got the write of an edit, or of a later one in its place. */
const arrivalOf = ({ acme }: Stage, acmeId: string, round: number) =>
  acme.requests.find(
    ({ id, method, status, body }) =>
      id === acmeId && method === 'PATCH' && status === 200 && Number(String(body['acme_title'])) >= round,
  )?.at;

const percentile = (values: readonly number[], share: number) =>
  values.toSorted((one, other) => one - other)[Math.ceil(values.length * share) - 1] ?? Number.NaN;

/** Many edits, at a rate (design section 6, point 2). */
export const lengthStories = (stage: () => Stage): void => {
  describe(`${2 * editsOfSide} edits, on both sides at ${perSecond} a second each`, () => {
    beforeAll(() => leadTo(stage(), stage().acme.url));
    beforeEach(() => calm(stage()));

    it('all stand, no contact is written more often than it was edited, and both sides are silent 5 s after the last', async () => {
      const { acme, api } = stage();
      const known = await Promise.all(acmeIds.map((id) => knownThere(stage(), id)));
      const ids = known.map(({ id }) => id);
      const webhooks = sendWebhooks(stage());
      const startedAt = Date.now();
      const sent: { readonly contact: number; readonly round: number; readonly at: number }[] = [];
      // Whoever edits a contact again has been answered.
      const turns = new Map<number, Promise<unknown>>();
      for (let number = 0; number < editsOfSide; number += 1) {
        await delay(Math.max(0, startedAt + (number * 1_000) / perSecond - Date.now()));
        const [contact, round] = [number % contacts, 1 + Math.floor(number / contacts)];
        sent.push({ contact, round, at: Date.now() });
        const turn = turns.get(contact) ?? Promise.resolve();
        turns.set(
          contact,
          turn.then(() => edit(stage(), ids[contact] ?? '', String(round))),
        );
        const other = acmeIds[(number + Math.floor(contacts / 2)) % contacts] ?? '';
        acme.edit(other, { acme_company: `Company ${number}` });
      }
      await Promise.all(turns.values());
      const lastAt = Date.now();
      const arrivals = () =>
        sent.map(({ contact, round, at }) => {
          const acmeId = acmeIds[contact] ?? '';
          return { acmeId, round, ms: (arrivalOf(stage(), acmeId, round) ?? Number.NaN) - at };
        });
      await eventually(() => expect(arrivals().filter(({ ms }) => Number.isNaN(ms))).toEqual([]), within);
      const took = arrivals().map(({ ms }) => ms);
      const [median, slow] = [percentile(took, 0.5), percentile(took, 0.99)].map(Math.round);
      process.stdout.write(`in AcmeCRM after ${median} ms, p99 ${slow} ms, of ${took.length} edits here\n`);

      await delay(Math.max(0, lastAt + silentWithinMs - Date.now()));
      const silent = await movements(stage(), ids);
      expect(webhooks.areSent()).toBe(true);
      await delay(quietMs);
      expect(await movements(stage(), ids)).toEqual(silent);
      await webhooks.stop();
      for (const [index, id] of ids.entries()) {
        const { record } = acme.contacts.get(acmeIds[index] ?? '') ?? {};
        expect(record).toMatchObject({ acme_title: String(editsOfContact) });
        const { body } = await api.getContact({ params: { id } });
        expect(body).toMatchObject({ title: record?.acme_title, company: record?.acme_company });
        const written = acme.requests.filter((asked) => asked.id === acmeIds[index] && asked.status === 200);
        expect(written.filter(({ method }) => method === 'PATCH').length).toBeLessThanOrEqual(editsOfContact);
        expect(record?.acme_version).toBeLessThanOrEqual(1 + 2 * editsOfContact);
        expect(body?.version).toBeLessThanOrEqual(1 + 2 * editsOfContact);
      }
    });
  });
};
