import { isStub, type StoredContact } from '@contact-sync/domain';
import type { RedisConnection } from '@contact-sync/redis';
import { expandId } from '../../../domain/lists/compact.ts';
import type { ContactStore, FeedEntry } from '../../../ports.ts';
import { fromContactHash } from '../contact-hash.ts';
import { type ContactKeys, listShard } from '../contact-keys.ts';
import { readAll } from '../read-hashes.ts';
import { defineFeedScript } from './feed-script.ts';
import type { Numbering } from './numbering.ts';

type Found = { readonly generation: string; readonly places: readonly Place[] };
type Place = { readonly id: string; readonly sequence: number };

const placesOf = (membersAndScores: readonly string[]): Place[] =>
  Array.from({ length: membersAndScores.length / 2 }, (_, index) => ({
    id: expandId(membersAndScores[index * 2] ?? ''),
    sequence: Number(membersAndScores[index * 2 + 1]),
  }));

const readChanges = defineFeedScript({
  name: 'read-changes',
  url: new URL('./read-changes.lua', import.meta.url),
  keys: 2,
  reply: (reply): Found | null => {
    if (reply === null) return null;
    const [generation, places] = reply as [string, string[]];
    return { generation, places: placesOf(places) };
  },
});

const entryOf = (sequence: number, stored: StoredContact): FeedEntry => {
  const { id, version } = stored;
  if (!isStub(stored)) return { sequence, id, version, contact: stored };
  return { sequence, id, version, ...(stored.erasure && { erased: true }) };
};

/** Reads the feed: its places by one script, then the contacts, each at least as new as its place. */
export const createChangesReader =
  (redis: RedisConnection, keys: ContactKeys, numbering: Numbering): ContactStore['changes'] =>
  async ({ after, limit }) => {
    const { generation, sequence } = after ?? { generation: '', sequence: 0 };
    const found = await numbering.with((parts) =>
      redis.run(readChanges, {
        keys: [keys.feed(listShard), keys.changes(listShard)],
        args: [parts, generation, sequence, limit],
      }),
    );
    if (found === null) return null;
    const { places } = found;
    const hashes =
      places.length === 0
        ? []
        : await readAll(
            redis,
            places.map(({ id }) => ({ key: keys.contact(id) })),
          );
    return {
      generation: found.generation,
      sequence: places.at(-1)?.sequence ?? sequence,
      entries: places.flatMap((place, index) => {
        const stored = fromContactHash(hashes[index] ?? {});
        return stored === null ? [] : [entryOf(place.sequence, stored)];
      }),
      isEnd: places.length < limit,
    };
  };
