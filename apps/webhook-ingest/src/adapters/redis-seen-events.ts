import {
  createKeys,
  createMicroBatch,
  defineScript,
  loadScript,
  type RedisConnection,
} from '@contact-sync/redis';
import type { EventIdentity, Receipt, SeenEvents } from '../ports.ts';

export type SeenEventsOptions = {
  readonly redis: RedisConnection;
  readonly windowSeconds: number;
  /** Hears of each look-up or entry that did not work. */
  readonly onUnknown: () => void;
  /** Hears of each event whose id came within the window with other content. */
  readonly onIdReused: () => void;
  /** Sets a test's keys apart. */
  readonly prefix?: string;
};

const knownScript = defineScript({
  name: 'seen-known',
  lua: loadScript(new URL('./seen-known.lua', import.meta.url)),
  keys: 'any',
  reply: (reply) => (reply as number[]).map((known) => known === 1),
});

const rememberScript = defineScript({
  name: 'seen-remember',
  lua: loadScript(new URL('./seen-remember.lua', import.meta.url)),
  keys: 'any',
  reply: Number,
});

// An id names one event; what comes beyond is published each time, which costs work alone.
const contentsOfId = 32;

const batches = { maxItems: 500, enough: 50 };

/**
 * The dedupe window in Redis: of fixed length from an id's first content on, and of 32 contents an id. Trouble there means "unknown:
 * publish" (design rule 1), and never an error.
 */
export const createRedisSeenEvents = (options: SeenEventsOptions): SeenEvents => {
  const { redis, windowSeconds, onUnknown, onIdReused, prefix = '' } = options;
  const keys = createKeys('ingest', { prefix });
  const keyOf = ({ eventId }: Pick<EventIdentity, 'eventId'>) => keys.key('seen', eventId);

  const lookUp = createMicroBatch<EventIdentity, boolean>(
    (identities) =>
      redis.run(knownScript, {
        keys: identities.map(keyOf),
        args: identities.map(({ contentHash }) => contentHash),
      }),
    batches,
  );
  const enter = createMicroBatch<EventIdentity & { readonly receipt: Receipt }, void>(async (entries) => {
    const pairs = entries.flatMap(({ contentHash, receipt }) => [contentHash, JSON.stringify(receipt)]);
    const reused = await redis.run(rememberScript, {
      keys: entries.map(keyOf),
      args: [windowSeconds, contentsOfId, ...pairs],
    });
    for (let count = 0; count < reused; count += 1) onIdReused();
    return [];
  }, batches);

  return {
    known: async (identities) => {
      try {
        return await lookUp(identities);
      } catch {
        onUnknown();
        return identities.map(() => false);
      }
    },
    remember: async (entries) => {
      if (entries.length === 0) return;
      try {
        await enter(entries);
      } catch {
        onUnknown();
      }
    },
    receipts: async (eventId) => {
      const found = await redis.use((client) => client.hgetall(keyOf({ eventId })));
      return Object.entries(found).map(([contentHash, receipt]) => ({
        contentHash,
        ...(JSON.parse(receipt) as Receipt),
      }));
    },
  };
};
