import type { HistoryEntry } from '@contact-sync/domain';
import type { RedisConnection } from '@contact-sync/redis';
import type { ContactStore } from '../../ports.ts';
import type { ContactKeys } from './contact-keys.ts';
import { fromHistoryText } from './history-text.ts';

/** Reads a contact's history: newest first, as many entries as there are up to the limit, whoever writes meanwhile. */
export const createHistoryReader = (redis: RedisConnection, keys: ContactKeys): ContactStore['history'] => {
  const entriesAt = async (id: string, start: number, count: number): Promise<HistoryEntry[]> => {
    const texts = await redis.use((client) => client.lrange(keys.history(id), start, start + count - 1));
    return texts.map(fromHistoryText);
  };

  /** How far down the list the entries below a sequence begin at least: sequences rise by one. */
  const startBelow = async (id: string, before: number): Promise<number> => {
    const [newest] = await entriesAt(id, 0, 1);
    return newest === undefined ? 0 : Math.max(0, newest.sequence - before + 1);
  };

  return async (id, { limit, before }) => {
    const entries: HistoryEntry[] = [];
    let below = before ?? Number.POSITIVE_INFINITY;
    let start = before === undefined ? 0 : await startBelow(id, before);
    while (entries.length < limit) {
      const found = await entriesAt(id, start, limit);
      // A write in between moves every entry down, so the first ones here may be known already.
      entries.push(...found.filter(({ sequence }) => sequence < below));
      below = entries.at(-1)?.sequence ?? below;
      start += found.length;
      if (found.length < limit) break;
    }
    return entries.slice(0, limit);
  };
};
