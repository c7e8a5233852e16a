import { describe, expect, it } from 'vitest';
import type { FateStore } from '../src/fates/fate-store.ts';
import { fateRecord } from './fate-records.ts';

export type FateStoreSettings = {
  readonly keptSeconds: number;
  readonly keptEvents: number;
  readonly now: () => number;
};

const contactId = fateRecord().contactId ?? '';
const start = Date.parse('2026-11-24T09:30:00.000Z');

/** What every store of fates does. */
export const fateStoreContract = (
  name: string,
  createStore: (settings: FateStoreSettings) => FateStore,
): void => {
  describe(`fates in ${name}`, () => {
    const setUp = ({ keptSeconds = 3_600, keptEvents = 1_000 } = {}) => {
      const clock = { now: start };
      const store = createStore({ keptSeconds, keptEvents, now: () => clock.now });
      const idsOf = async (id = contactId) =>
        (await store.ofContact(id, { limit: 100 })).events.map(({ eventId }) => eventId);
      return { store, clock, idsOf };
    };

    it('are given back as they were recorded, in the order of the ids that are asked for', async () => {
      const { store } = setUp();
      const whole = fateRecord({
        eventId: 'evt: {2}\n"*',
        outcome: 'dead_letter',
        fault: { stage: 'apply', code: 'VERSION_CONFLICT', pointer: '/data/acme_version' },
        place: { topic: 'contact-sync.retry.1s', partition: 0, offset: '9007199254740993' },
        replayId: 'replay-1',
      });
      const bare = {
        eventId: 'evt_bare',
        content: 'acme.contact.created.v1/0/1',
        at: start,
        origin: { topic: 'acme.contact.created.v1', partition: 0, offset: '1' },
        outcome: 'dead_letter',
      } as const;
      await store.record([fateRecord(), whole, bare]);
      expect(await store.ofEvents(['evt_bare', 'evt_unknown', whole.eventId, 'evt_1'])).toEqual([
        { eventId: 'evt_bare', records: [bare] },
        { eventId: 'evt_unknown', records: [] },
        { eventId: whole.eventId, records: [whole] },
        { eventId: 'evt_1', records: [fateRecord()] },
      ]);
      expect(await store.ofEvents([])).toEqual([]);
    });

    it('add up under an event id, of one batch or of several, and take the place of none', async () => {
      const { store, idsOf } = setUp();
      const [first, second, other] = [
        fateRecord({ outcome: 'retry' }),
        fateRecord({ outcome: 'duplicate' }),
        fateRecord({ content: 'content-2', outcome: 'superseded' }),
      ];
      await store.record([first, second]);
      await store.record([other]);
      await store.record([]);
      expect(await store.ofEvents(['evt_1'])).toEqual([
        { eventId: 'evt_1', records: [first, second, other] },
      ]);
      expect(await idsOf()).toEqual(['evt_1']);
    });

    it('of a contact come newest first, each event once on a walk from page to page', async () => {
      const { store } = setUp();
      const ids = ['a', 'b', 'c', 'd', 'e'];
      await store.record(ids.map((eventId) => fateRecord({ eventId })));
      await store.record([fateRecord({ eventId: 'a', outcome: 'duplicate' })]);
      const first = await store.ofContact(contactId, { limit: 2 });
      await store.record([fateRecord({ eventId: 'f' })]);
      const second = await store.ofContact(contactId, { limit: 2, after: first.next ?? 0 });
      const third = await store.ofContact(contactId, { limit: 2, after: second.next ?? 0 });
      const met = [first, second, third].flatMap(({ events }) => events.map(({ eventId }) => eventId));
      expect(met).toEqual(['e', 'd', 'c', 'b', 'a']);
      expect(third.next).toBeUndefined();
      expect(third.events[0]?.records).toHaveLength(2);
    });

    it('of an id that two contacts share are told to each without those of the other', async () => {
      const { store } = setUp();
      await store.record([fateRecord(), fateRecord({ contactId: 'other', content: 'content-2' })]);
      const { events } = await store.ofContact('other', { limit: 10 });
      expect(events).toEqual([
        { eventId: 'evt_1', records: [fateRecord({ contactId: 'other', content: 'content-2' })] },
      ]);
      const [shared] = await store.ofEvents(['evt_1']);
      expect(shared?.records).toHaveLength(2);
    });

    it('are forgotten after their time, with the next batch or without one', async () => {
      const { store, clock, idsOf } = setUp({ keptSeconds: 60 });
      await store.record([fateRecord({ eventId: 'old' })]);
      clock.now += 40_000;
      await store.record([fateRecord({ eventId: 'young' })]);
      clock.now += 21_000;
      expect(await store.keptSince()).toBe(start + 1_000);
      await store.forgetOld();
      expect(await idsOf()).toEqual(['young']);
      clock.now += 60_000;
      await store.record([fateRecord({ eventId: 'new' })]);
      expect(await store.ofEvents(['old', 'young'])).toEqual([
        { eventId: 'old', records: [] },
        { eventId: 'young', records: [] },
      ]);
      expect(await idsOf()).toEqual(['new']);
    });

    it('are forgotten beyond their number, the oldest first, and the store says from when on it has all', async () => {
      const { store, clock, idsOf } = setUp({ keptEvents: 3 });
      for (const eventId of ['a', 'b', 'c', 'd', 'e']) {
        clock.now += 1_000;
        await store.record([fateRecord({ eventId })]);
      }
      expect(await idsOf()).toEqual(['e', 'd', 'c']);
      expect(await store.ofEvents(['b'])).toEqual([{ eventId: 'b', records: [] }]);
      expect(await store.keptSince()).toBe(start + 3_000);
    });

    it('are all forgotten after their time, however many there are', async () => {
      const { store, clock, idsOf } = setUp({ keptSeconds: 60 });
      const ids = Array.from({ length: 250 }, (_, index) => `evt_${index}`);
      await store.record(ids.map((eventId) => fateRecord({ eventId })));
      clock.now += 61_000;
      await store.forgetOld();
      expect(await idsOf()).toEqual([]);
      expect(await store.ofEvents(ids)).toEqual(ids.map((eventId) => ({ eventId, records: [] })));
    });

    it('of a contact are forgotten when they are told to be, those of others under the same id stay', async () => {
      const { store, idsOf } = setUp();
      await store.record([
        fateRecord(),
        fateRecord({ contactId: 'other', content: 'content-2' }),
        fateRecord({ eventId: 'evt_2' }),
      ]);
      expect(await store.forgetContact(contactId)).toBe(2);
      expect(await idsOf()).toEqual([]);
      expect(await idsOf('other')).toEqual(['evt_1']);
      expect(await store.ofEvents(['evt_2'])).toEqual([{ eventId: 'evt_2', records: [] }]);
      expect(await store.forgetContact(contactId)).toBe(0);
    });

    it('of an event that comes again after its contact was forgotten live for their own time', async () => {
      const { store, clock, idsOf } = setUp({ keptSeconds: 60 });
      await store.record([fateRecord()]);
      clock.now += 40_000;
      await store.forgetContact(contactId);
      await store.record([fateRecord({ outcome: 'superseded' })]);
      clock.now += 40_000;
      await store.forgetOld();
      expect(await idsOf()).toEqual(['evt_1']);
      expect(await store.ofEvents(['evt_1'])).toEqual([
        { eventId: 'evt_1', records: [fateRecord({ outcome: 'superseded' })] },
      ]);
    });
  });
};
