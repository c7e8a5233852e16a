import type { RedisConnection } from '../connection.ts';
import type { Keys } from '../keys.ts';
import { createMicroBatch } from '../micro-batch.ts';
import { defineScript, loadScript } from '../script.ts';
import type { BucketSize, BucketState, Buckets } from './buckets.ts';

/** Takes of one turn that ask the same bucket, which is the script's `index`th. */
type Bucket = { readonly index: number; readonly size: BucketSize; wanted: number };

type Take = { readonly key: string; readonly size: BucketSize };

/** What the script answers for one bucket. */
type Taken = { readonly granted: number; readonly left: number; readonly untilNextMs: number };

const takeTokens = defineScript<Taken[]>({
  name: 'take-tokens',
  lua: loadScript(new URL('./take-tokens.lua', import.meta.url)),
  keys: 'any',
  reply: (reply) => {
    const numbers = reply as number[];
    return Array.from({ length: numbers.length / 3 }, (_, index) => {
      const [granted = 0, left = 0, untilNextMs = 0] = numbers.slice(3 * index, 3 * index + 3);
      return { granted, left, untilNextMs };
    });
  },
});

/** The state as the `place`th of those sees it who took from the bucket together, counted from 0. */
const stateAt = (place: number, bucket: Taken | undefined): BucketState => {
  if (!bucket) throw new Error('Redis answered for fewer buckets than it was asked for');
  const { granted, left, untilNextMs } = bucket;
  if (place >= granted) return { taken: false, left, untilNextMs };
  const leftThen = left + granted - 1 - place;
  return { taken: true, left: leftThen, untilNextMs: leftThen > 0 ? 0 : untilNextMs };
};

/**
 * Token buckets that all copies share; the clock is Redis's. What is taken in one turn of the event loop is one round
 * trip, and one look at each bucket. Rejects with an AppError where Redis gives no answer.
 */
export const createRedisBuckets = (redis: RedisConnection, keys: Keys): Buckets => {
  const takeAll = async (takes: readonly Take[]): Promise<BucketState[]> => {
    const buckets = new Map<string, Bucket>();
    const places = takes.map(({ key, size }) => {
      const bucket = buckets.get(key) ?? { index: buckets.size, size, wanted: 0 };
      buckets.set(key, bucket);
      bucket.wanted += 1;
      return { index: bucket.index, place: bucket.wanted - 1 };
    });
    const taken = await redis.run(takeTokens, {
      keys: [...buckets.keys()],
      args: [...buckets.values()].flatMap(({ size, wanted }) => [size.capacity, size.refillMs, wanted]),
    });
    return places.map(({ index, place }) => stateAt(place, taken[index]));
  };
  const take = createMicroBatch(takeAll, { maxItems: 500, enough: 500 });
  return {
    take: async (name, size) => {
      const [state] = await take([{ key: keys.key(...name.split(' ')), size }]);
      if (!state) throw new Error('the take of a token was left without an answer');
      return state;
    },
  };
};
