import type { RedisConnection } from '../connection.ts';
import type { Keys } from '../keys.ts';
import { defineScript, loadScript } from '../script.ts';
import type { BucketState, Buckets } from './buckets.ts';

const takeToken = defineScript<BucketState>({
  name: 'take-token',
  lua: loadScript(new URL('./take-token.lua', import.meta.url)),
  keys: 1,
  reply: (reply) => {
    const [taken, left, untilNextMs] = reply as [number, number, number];
    return { taken: taken === 1, left, untilNextMs };
  },
});

/** Token buckets that all copies share; the clock is Redis's. Throws an AppError where Redis gives no answer. */
export const createRedisBuckets = (redis: RedisConnection, keys: Keys): Buckets => ({
  take: (name, { capacity, refillMs }) =>
    redis.run(takeToken, { keys: [keys.key(...name.split(' '))], args: [capacity, refillMs] }),
});
