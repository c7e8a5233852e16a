import type { RedisConnection } from '../connection.ts';
import type { Keys } from '../keys.ts';
import { createMicroBatch } from '../micro-batch.ts';
import { defineScript, loadScript } from '../script.ts';
import type { BucketSize, BucketState, Buckets } from './buckets.ts';

type Take = { readonly key: string; readonly size: BucketSize; readonly cost: number };

/** Takes of one turn that ask the same bucket for as much each, which are the script's `index`th. */
type Group = { readonly index: number; readonly take: Take; wanted: number };

/** What the script answers for one group. */
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

/** The state as the `place`th of a group sees it, counted from 0. */
const stateAt = (place: number, cost: number, group: Taken | undefined): BucketState => {
  if (!group) throw new Error('Redis answered for fewer buckets than it was asked for');
  const { granted, left, untilNextMs } = group;
  if (place >= granted) return { taken: false, left, untilNextMs };
  const leftThen = left + (granted - 1 - place) * cost;
  return { taken: true, left: leftThen, untilNextMs: leftThen >= cost ? 0 : untilNextMs };
};

/**
 * Token buckets that all copies share; the clock is Redis's. What is taken in one turn of the event loop is one round
 * trip, and one look at each bucket and cost. Rejects with an AppError where Redis gives no answer.
 */
export const createRedisBuckets = (redis: RedisConnection, keys: Keys): Buckets => {
  const takeAll = async (takes: readonly Take[]): Promise<BucketState[]> => {
    const groups = new Map<string, Group>();
    const places = takes.map((take) => {
      const name = `${take.cost} ${take.key}`;
      const group = groups.get(name) ?? { index: groups.size, take, wanted: 0 };
      groups.set(name, group);
      group.wanted += 1;
      return { index: group.index, cost: take.cost, place: group.wanted - 1 };
    });
    const asked = [...groups.values()];
    const taken = await redis.run(takeTokens, {
      keys: asked.map(({ take }) => take.key),
      args: asked.flatMap(({ take: { size, cost }, wanted }) => [size.capacity, size.refillMs, cost, wanted]),
    });
    return places.map(({ index, cost, place }) => stateAt(place, cost, taken[index]));
  };
  const take = createMicroBatch(takeAll, { maxItems: 500, enough: 500 });
  return {
    take: async (name, size, cost = 1) => {
      const wanted = Math.min(cost, size.capacity);
      const [state] = await take([{ key: keys.key(...name.split(' ')), size, cost: wanted }]);
      if (!state) throw new Error('the take of a token was left without an answer');
      return state;
    },
  };
};
