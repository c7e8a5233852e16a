import type { HistoryEntry, SourceEvent } from '@contact-sync/domain';
import { builtInMapping, compileMapping } from '@contact-sync/field-mapper';
import { useRedis } from '@contact-sync/redis/testing';
import { testEnvironment, uniquePrefix } from '@contact-sync/testing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRedisContactStore } from '../src/adapters/redis-contact-store/redis-contact-store.ts';
import type { ContactStore } from '../src/ports.ts';
import { applyEvents } from '../src/use-cases/apply-events.ts';
import { deleted, updated } from './event-builder.ts';
import { createInMemoryContactStore } from './in-memory-contact-store.ts';

const mapping = compileMapping(builtInMapping);
const seed = Number(process.env['TEST_SEED'] ?? Date.now() % 2 ** 31);

type Step = { readonly title: number; readonly gone: boolean };

/** What AcmeCRM did to one contact, version by version. */
const steps = fc.array(fc.record({ title: fc.nat(3), gone: fc.boolean() }), { minLength: 1, maxLength: 8 });

/** How often each version is delivered, and by which of three callers at which place. */
const deliveries = fc.array(
  fc.record({ caller: fc.nat(2), order: fc.nat(1_000), times: fc.integer({ min: 1, max: 3 }) }),
  {
    minLength: 8,
    maxLength: 8,
  },
);

const eventsOf = (id: string, history: readonly Step[]): SourceEvent[] =>
  history.map(({ title, gone }, index) => {
    const acme_version = index + 1;
    const eventId = `evt_${id}_${acme_version}`;
    return gone
      ? deleted({ id, acme_version }, eventId)
      : updated({ id, acme_version, acme_title: `T${title}` }, eventId);
  });

const apply = (store: ContactStore, events: readonly SourceEvent[]) =>
  applyEvents({ store, mapping, now: () => new Date().toISOString() }, events);

/** What the law speaks of (design rule 5). */
const stateOf = async (store: ContactStore, id: string) => {
  const [mirror, contact] = [await store.mirror(id), await store.contact(id)];
  const isLive = contact !== null && !('stub' in contact) && contact.deletedAt === undefined;
  return {
    sourceVersion: mirror?.sourceVersion,
    deleted: mirror?.deleted,
    title: isLive ? contact.title : undefined,
    record: isLive ? mirror?.record : undefined,
  };
};

const countsOf = (entries: readonly HistoryEntry[]) => ({
  versions: entries.map(({ sourceVersion }) => sourceVersion),
  outgoing: entries.flatMap(({ outgoingEventId }) => outgoingEventId ?? []),
  sequences: entries.map(({ sequence }) => sequence),
});

describe('the law on real Redis', () => {
  const redis = useRedis(testEnvironment().REDIS_URL);

  it(`ends in the same state whatever order and repetition three concurrent callers bring (seed ${seed})`, async () => {
    const store = createRedisContactStore({ redis, historyLimit: 100, prefix: uniquePrefix() });
    let run = 0;
    const property = fc.asyncProperty(
      fc.array(fc.tuple(steps, deliveries), { minLength: 4, maxLength: 4 }),
      async (contacts) => {
        run += 1;
        const histories = contacts.map(([history, plan], index) => {
          const events = eventsOf(`${run}-${index}`, history);
          return {
            events,
            sent: events.flatMap((event, at) =>
              Array.from({ length: plan[at]?.times ?? 1 }, () => ({ event, ...plan[at] })),
            ),
          };
        });
        const sent = histories.flatMap((history) => history.sent);
        const callers = [0, 1, 2].map((caller) =>
          sent.filter((item) => item.caller === caller).sort((a, b) => Number(a.order) - Number(b.order)),
        );
        const results = await Promise.all(
          callers.map((items) =>
            apply(
              store,
              items.map(({ event }) => event),
            ),
          ),
        );
        expect(results.flat().filter((result) => !('fate' in result))).toEqual([]);

        for (const { events } of histories) {
          const model = createInMemoryContactStore({ historyLimit: 100 });
          await apply(model, events);
          const id = events[0]?.contactId ?? '';
          expect(await stateOf(store, id)).toEqual(await stateOf(model, id));
          const { versions, outgoing, sequences } = countsOf(await store.history(id, { limit: 100 }));
          expect(new Set(versions).size).toBe(versions.length);
          expect(new Set(outgoing).size).toBe(outgoing.length);
          expect(sequences).toEqual(sequences.map((_, index) => sequences.length - index));
        }
      },
    );
    await fc.assert(property, { numRuns: 100, seed });
  });
});
