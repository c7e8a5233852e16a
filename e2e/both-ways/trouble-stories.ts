import { setTimeout as delay } from 'node:timers/promises';
import { eventually, limited } from '@contact-sync/testing';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { isFull } from './full-size.ts';
import { calm, edit, knownThere, leadTo, type Stage, within } from './stage.ts';
import { readWriter } from './writer-metrics.ts';

/** How long AcmeCRM takes nothing. */
const troubleMs = isFull ? 60_000 : 3_000;

const troubles: Readonly<Record<string, (stage: Stage) => void>> = {
  'cannot be reached': ({ way }) => way.setBehaviour({ kind: 'refuse' }),
  'answers 503': ({ acme }) => acme.trouble(() => ({ kind: 'answer', status: 503 })),
  'answers nothing': ({ acme }) => acme.trouble(() => ({ kind: 'silent', effect: 'none' })),
  'wants to be left alone': ({ acme }) => acme.trouble(() => limited(1)),
  'does not take our key': ({ acme }) => acme.trouble(() => ({ kind: 'answer', status: 401 })),
};

/** What a contact's titles became in AcmeCRM, oldest first. */
const titlesOf = ({ acme }: Stage, acmeId: string) =>
  acme.changes.flatMap(({ record }) => (record.id === acmeId ? (record.acme_title ?? []) : []));

const nothingWaits = ({ system }: Stage) =>
  eventually(async () => expect((await readWriter(system)).lag).toBe(0), within);

/** AcmeCRM is away, or does not take one record (design section 6, point 3). */
export const troubleStories = (stage: () => Stage): void => {
  describe('while AcmeCRM takes nothing', () => {
    beforeAll(() => leadTo(stage(), stage().acme.url));
    beforeEach(() => calm(stage()));

    it.each(Object.entries(troubles))(
      'since it %s, edits here go on; then all arrive in their order, none is a letter and nothing waits any more',
      async (name, begin) => {
        const acmeIds = Array.from({ length: 4 }, (_, index) => `acme-${name.replaceAll(' ', '-')}-${index}`);
        const known = await Promise.all(acmeIds.map((id) => knownThere(stage(), id)));
        await nothingWaits(stage());
        const before = await readWriter(stage().system);
        const titles = ['1 first', '2 second', '3 third'];
        begin(stage());

        const until = Date.now() + troubleMs;
        for (const title of titles) {
          await Promise.all(known.map(({ id }) => edit(stage(), id, title)));
          await delay(troubleMs / (titles.length + 1));
        }
        await delay(Math.max(0, until - Date.now()));
        await eventually(async () => {
          const during = await readWriter(stage().system);
          expect(during.pauses).toBeGreaterThan(before.pauses);
          expect(during.lag).toBeGreaterThan(0);
        }, within);
        // Nobody is to blame. In the moment in which it comes back a write may fail that a read no longer does, which is that
        // record's own trouble (design section 6, point 3) and costs it a second in the first tier.
        expect((await readWriter(stage().system)).later).toBe(before.later);
        expect(acmeIds.flatMap((id) => titlesOf(stage(), id))).toEqual([]);
        calm(stage());

        for (const id of acmeIds) {
          await eventually(() => titlesOf(stage(), id).at(-1) === titles.at(-1), within);
          expect(titlesOf(stage(), id)).toEqual(titlesOf(stage(), id).toSorted());
        }
        await nothingWaits(stage());
        expect((await readWriter(stage().system)).letters).toBe(before.letters);
      },
    );
  });

  it('one record that AcmeCRM refuses is a letter that names the member; the others arrive, and so does its next edit', async () => {
    const { acme, api } = stage();
    const acmeIds = Array.from({ length: 4 }, (_, index) => `acme-refused-${index}`);
    const known = await Promise.all(acmeIds.map((id) => knownThere(stage(), id)));
    const [refused = '', ...others] = acmeIds;
    acme.trouble(({ id, body }) =>
      id === refused && body['acme_title'] === 'Countess'
        ? { kind: 'answer', status: 422, body: { errors: [{ pointer: '/acme_title', detail: 'a title' }] } }
        : undefined,
    );

    await Promise.all(known.map(({ id }) => edit(stage(), id, 'Countess')));

    for (const id of others) await eventually(() => titlesOf(stage(), id).at(-1) === 'Countess', within);
    const contactId = known[0]?.id ?? '';
    await eventually(async () => {
      const { items } = (await api.listDeadLetters({ query: { contactId } })).body;
      expect(items).toMatchObject([{ code: 'ACME_REFUSED', pointer: '/acme_title' }]);
    }, within);
    await nothingWaits(stage());
    await edit(stage(), contactId, 'Duchess');
    await eventually(() => titlesOf(stage(), refused).at(-1) === 'Duchess', within);
  });
};
