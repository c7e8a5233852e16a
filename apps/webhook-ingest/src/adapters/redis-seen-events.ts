import {
  createKeys,
  createMicroBatch,
  defineScript,
  loadScript,
  type RedisConnection,
} from '@contact-sync/redis';
import type { EventIdentity, Receipt, ReceivedContent, Repeats, SeenEvents } from '../ports.ts';

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

const repeatedScript = defineScript({
  name: 'seen-repeated',
  lua: loadScript(new URL('./seen-repeated.lua', import.meta.url)),
  keys: 'any',
  reply: Number,
});

// An id names one event; what comes beyond is published each time, which costs work alone.
const contentsOfId = 32;

// When the first repeats of a content came; of more than these only their number is known.
const timesOfContent = 20;

const batches = { maxItems: 500, enough: 50 };

type Hash = Readonly<Record<string, string>>;

const repeatsOf = (hash: Hash, contentHash: string): Repeats | undefined => {
  const count = Number(hash[contentHash] ?? 0);
  if (count === 0) return undefined;
  const numbers = Array.from({ length: Math.min(count, timesOfContent) }, (_, index) => index + 1);
  return { count, at: numbers.flatMap((number) => hash[`${contentHash} ${number}`] ?? []) };
};

const contentsOf = (window: Hash, repeats: Hash): ReceivedContent[] =>
  Object.entries(window).map(([contentHash, text]) => {
    const duplicates = repeatsOf(repeats, contentHash);
    return { contentHash, ...(JSON.parse(text) as Receipt), ...(duplicates && { duplicates }) };
  });

/**
 * The dedupe window in Redis: of fixed length from an id's first content on, and of 32 contents an id. Trouble there means "unknown:
 * publish" (design rule 1), and never an error.
 */
export const createRedisSeenEvents = (options: SeenEventsOptions): SeenEvents => {
  const { redis, windowSeconds, onUnknown, onIdReused, prefix = '' } = options;
  const keys = createKeys('ingest', { prefix });
  const keyOf = ({ eventId }: Pick<EventIdentity, 'eventId'>) => keys.key('seen', eventId);
  const repeatsKeyOf = ({ eventId }: Pick<EventIdentity, 'eventId'>) => keys.key('repeats', eventId);

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

  const note = createMicroBatch<EventIdentity & { readonly at: string }, void>(async (repeats) => {
    await redis.run(repeatedScript, {
      keys: repeats.flatMap((identity) => [keyOf(identity), repeatsKeyOf(identity)]),
      args: [timesOfContent, windowSeconds, ...repeats.flatMap(({ contentHash, at }) => [contentHash, at])],
    });
    return [];
  }, batches);

  /** What is written here may be lost: it costs repeated work, or a line in an answer. */
  const tryTo = async (work: () => Promise<unknown>): Promise<void> => {
    try {
      await work();
    } catch {
      onUnknown();
    }
  };

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
      if (entries.length > 0) await tryTo(() => enter(entries));
    },
    repeated: async (identities, at) => {
      const repeats = identities.map(({ eventId, contentHash }) => ({ eventId, contentHash, at }));
      if (repeats.length > 0) await tryTo(() => note(repeats));
    },
    receipts: async (eventIds) => {
      const hashes = await redis.use((client) =>
        Promise.all(
          eventIds.map((eventId) =>
            Promise.all([client.hgetall(keyOf({ eventId })), client.hgetall(repeatsKeyOf({ eventId }))]),
          ),
        ),
      );
      return hashes.map(([window, repeats]) => contentsOf(window, repeats));
    },
  };
};
