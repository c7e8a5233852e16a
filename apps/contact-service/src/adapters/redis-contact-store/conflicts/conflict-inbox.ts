import { type FieldConflict, parseJson } from '@contact-sync/domain';
import { type RedisConnection, shardOf } from '@contact-sync/redis';
import type { ConflictInbox } from '../../../ports.ts';
import { type ContactKeys, listShard } from '../contact-keys.ts';

const entryOf = (text: string): FieldConflict => parseJson(text) as FieldConflict;

/** The time by which an entry is found, as its id begins with. */
const msOf = (id: string): number => Number.parseInt(id, 10);

/** Reads the conflict inbox from its old end. */
export const createConflictInbox = (redis: RedisConnection, keys: ContactKeys): ConflictInbox => {
  const key = keys.conflicts(listShard);
  const entriesFrom = async (from: number, offset: number, count: number): Promise<FieldConflict[]> => {
    const texts = await redis.use((client) =>
      client.zrangebyscore(key, from, '+inf', 'LIMIT', offset, count),
    );
    return texts.map(entryOf);
  };

  return {
    async list({ limit, after }) {
      const from = after === undefined ? 0 : msOf(after);
      const isAfter = ({ id }: FieldConflict) => after === undefined || msOf(id) > from || id > after;
      const found: FieldConflict[] = [];
      // Entries of one millisecond stand in the order of their texts, which begin with their ids.
      for (let offset = 0; found.length <= limit; ) {
        const read = await entriesFrom(from, offset, limit + 1);
        found.push(...read.filter(isAfter));
        offset += read.length;
        if (read.length <= limit) break;
      }
      const items = found.slice(0, limit);
      const last = items.at(-1);
      return found.length > limit && last ? { items, next: last.id } : { items };
    },
    async find(id) {
      const ms = msOf(id);
      if (!Number.isSafeInteger(ms)) return null;
      const texts = await redis.use((client) => client.zrangebyscore(key, ms, ms));
      return texts.map(entryOf).find((entry) => entry.id === id) ?? null;
    },
  };
};

/** A contact's entries, as they stand there. One that comes later comes with a new state of it, which guards the write. */
export const readConflictsOf = async (
  redis: RedisConnection,
  keys: ContactKeys,
  id: string,
): Promise<string[]> => {
  const texts = await redis.use((client) => client.zrange(keys.conflicts(shardOf(id)), '0', '-1'));
  return texts.filter((text) => text.includes(id) && entryOf(text).contactId === id);
};
