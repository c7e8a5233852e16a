import type { FateRecord } from '../src/fates/fate-record.ts';
import type { FateStore } from '../src/fates/fate-store.ts';
import type { FateStoreSettings } from './fate-store.contract.ts';

type Known = {
  readonly number: number;
  readonly at: number;
  readonly eventId: string;
  readonly contactId: string;
};

/** A store of fates in this process. */
export const createInMemoryFateStore = ({ keptSeconds, keptEvents, now }: FateStoreSettings): FateStore => {
  let order: Known[] = [];
  let logs: FateRecord[] = [];
  let counter = 0;

  const isOld = ({ at }: Known) => at <= now() - keptSeconds * 1_000;

  const forgetOld = async () => {
    const tooMany = order.slice(0, Math.max(0, order.length - keptEvents));
    const gone = order.filter((known) => isOld(known) || tooMany.includes(known));
    const ids = new Set(gone.map(({ eventId }) => eventId));
    order = order.filter((known) => !gone.includes(known));
    logs = logs.filter(({ eventId }) => !ids.has(eventId));
  };

  const recordsOf = (id: string) => logs.filter(({ eventId }) => eventId === id);

  return {
    record: async (records) => {
      for (const record of records) {
        const { eventId, contactId = '' } = record;
        logs.push(record);
        if (order.some((known) => known.eventId === eventId && known.contactId === contactId)) continue;
        counter += 1;
        order.push({ number: counter, at: now(), eventId, contactId });
      }
      await forgetOld();
    },
    ofEvents: async (eventIds) => eventIds.map((eventId) => ({ eventId, records: recordsOf(eventId) })),
    ofContact: async (contactId, { limit, after = Number.POSITIVE_INFINITY }) => {
      const found = order
        .filter((known) => known.contactId === contactId && known.number < after)
        .toReversed();
      const events = found.slice(0, limit).map(({ eventId }) => ({
        eventId,
        records: recordsOf(eventId).filter((record) => record.contactId === contactId),
      }));
      const last = found[limit - 1];
      return found.length > limit && last ? { events, next: last.number } : { events };
    },
    keptSince: async () => {
      const byAge = now() - keptSeconds * 1_000;
      const [first] = order;
      return first === undefined || order.length < keptEvents ? byAge : Math.max(byAge, first.at);
    },
    forgetOld,
    forgetContact: async (contactId) => {
      const gone = order.filter((known) => known.contactId === contactId);
      order = order.filter((known) => known.contactId !== contactId);
      logs = logs.filter((record) => record.contactId !== contactId);
      return gone.length;
    },
  };
};
