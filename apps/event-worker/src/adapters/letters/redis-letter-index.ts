import type { RedisConnection } from '@contact-sync/redis';
import { type Fact, idOf, withFact } from '../../letters/facts.ts';
import type { LetterIndex } from '../../letters/ports.ts';
import { changesOf, type KeyCommand } from './entry-changes.ts';
import { findEntries, groupEntries, listEntries } from './index-reads.ts';
import { runGuarded } from './index-script.ts';
import { moveTo, readPosition } from './index-state.ts';
import { clearIndex, expireIndex, trimIndex } from './index-upkeep.ts';
import { createLetterKeys, type LetterKeys } from './letter-keys.ts';

const fold = async (
  redis: RedisConnection,
  keys: LetterKeys,
  facts: readonly Fact[],
): Promise<KeyCommand[]> => {
  const ids = [...new Set(facts.map(idOf))];
  const held = new Map((await findEntries(redis, keys, ids)).map((entry) => [entry.id, entry]));
  const next = new Map(held);
  for (const fact of facts) next.set(idOf(fact), withFact(next.get(idOf(fact)), fact));
  return ids.flatMap((id) => changesOf(held.get(id), next.get(id), keys));
};

/** The index of letters in Redis, in one shard: bounded, written by guarded scripts, read by pages. */
export const createRedisLetterIndex = (options: {
  readonly redis: RedisConnection;
  /** Entries that are kept at most; beyond, the oldest go, closed ones first. */
  readonly maxLetters: number;
  /** Sets a test's keys apart. */
  readonly prefix?: string;
}): LetterIndex => {
  const { redis, maxLetters } = options;
  const keys = createLetterKeys(options.prefix);
  return {
    position: () => readPosition(redis, keys),
    write: async ({ revision }, facts, places) => {
      const commands = [...(await fold(redis, keys, facts)), ...places.map((place) => moveTo(keys, place))];
      const isWritten = await runGuarded(redis, keys.state, revision, commands);
      if (isWritten && facts.length > 0) await trimIndex(redis, keys, maxLetters);
      return isWritten;
    },
    expire: (firsts) => expireIndex(redis, keys, firsts),
    clear: () => clearIndex(redis, keys),
    find: (ids) => findEntries(redis, keys, ids),
    list: (query) => listEntries(redis, keys, query),
    groups: (limit) => groupEntries(redis, keys, limit),
    returnedFrom: (replayId) => redis.use((client) => client.zcard(keys.replay(replayId))),
    summary: async () => {
      const [letters, open, dropped] = await redis.pipeline((pipeline) => {
        pipeline.hlen(keys.entries).zcard(keys.open).hget(keys.state, 'dropped');
      });
      return { letters: Number(letters), open: Number(open), dropped: Number(dropped ?? 0) };
    },
  };
};
