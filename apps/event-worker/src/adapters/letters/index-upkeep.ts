import type { LogPlace } from '@contact-sync/kafka';
import type { RedisConnection } from '@contact-sync/redis';
import type { Entry } from '../../letters/letter.ts';
import { idAtPosition } from '../../letters/letter-order.ts';
import { changesOf, type KeyCommand } from './entry-changes.ts';
import { findEntries } from './index-reads.ts';
import { runGuarded } from './index-script.ts';
import { readRevision } from './index-state.ts';
import type { LetterKeys } from './letter-keys.ts';

/** How many are taken out in one step. */
const outAtOnce = 500;

const firstOf = async (redis: RedisConnection, set: string, count: number): Promise<string[]> => {
  if (count <= 0) return [];
  const members = await redis.use((client) => client.zrange(set, '0', String(count - 1)));
  return members.map(idAtPosition);
};

/** False where somebody else has written meanwhile. */
const takeOut = async (
  redis: RedisConnection,
  keys: LetterKeys,
  ids: readonly string[],
  more: readonly KeyCommand[] = [],
): Promise<boolean> => {
  const revision = await readRevision(redis, keys);
  const entries = await findEntries(redis, keys, ids);
  const commands = entries.flatMap((entry) => changesOf(entry, undefined, keys));
  return runGuarded(redis, keys.state, revision, [...commands, ...more]);
};

/** Takes the oldest out of what is beyond the most that is kept: closed entries first. */
export const trimIndex = async (redis: RedisConnection, keys: LetterKeys, most: number): Promise<void> => {
  for (;;) {
    const held = await redis.use((client) => client.hlen(keys.entries));
    const count = Math.min(held - most, outAtOnce);
    const closed = await firstOf(redis, keys.closed, count);
    const ids = [...closed, ...(await firstOf(redis, keys.open, count - closed.length))];
    if (ids.length === 0) return;
    const told: KeyCommand = ['HINCRBY', keys.state, 'dropped', String(ids.length)];
    // Whoever else writes trims too.
    if (!(await takeOut(redis, keys, ids, [told]))) return;
  }
};

const isBefore = (entry: Entry, firsts: readonly LogPlace[]): boolean => {
  const place = entry.letter?.place ?? entry.decision?.place;
  const first = firsts.find(
    ({ topic, partition }) => topic === place?.topic && partition === place.partition,
  );
  return place !== undefined && first !== undefined && BigInt(place.offset) < BigInt(first.offset);
};

/** Takes out what stood before these places: its bytes are gone. */
export const expireIndex = async (
  redis: RedisConnection,
  keys: LetterKeys,
  firsts: readonly LogPlace[],
): Promise<void> => {
  for (;;) {
    const oldest = await Promise.all([keys.closed, keys.open].map((set) => firstOf(redis, set, outAtOnce)));
    const entries = await findEntries(redis, keys, oldest.flat());
    const gone = entries.filter((entry) => isBefore(entry, firsts)).map(({ id }) => id);
    if (gone.length === 0 || !(await takeOut(redis, keys, gone))) return;
  }
};

/** Forgets everything; whoever is about to write is at another revision from then on. */
export const clearIndex = async (redis: RedisConnection, keys: LetterKeys): Promise<void> => {
  const fields = await redis.use((client) => client.hkeys(keys.state));
  const forgotten = fields.filter((field) => field !== 'revision');
  const forget: KeyCommand[] = forgotten.length === 0 ? [] : [['HDEL', keys.state, ...forgotten]];
  await runGuarded(redis, keys.state, await readRevision(redis, keys), forget);
  let cursor = '0';
  do {
    const [next, found] = await redis.use((client) =>
      client.scan(cursor, 'MATCH', keys.pattern, 'COUNT', 1_000),
    );
    const gone = found.filter((key) => key !== keys.state);
    if (gone.length > 0) await redis.use((client) => client.unlink(...gone));
    cursor = next;
  } while (cursor !== '0');
};
