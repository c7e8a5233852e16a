import type { RedisConnection } from '@contact-sync/redis';
import type { Entry, KnownEntry } from '../../letters/letter.ts';
import { type LetterFilter, matches } from '../../letters/letter-filter.ts';
import { idAtPosition, positionAt } from '../../letters/letter-order.ts';
import type { LetterGroup, LetterPage, LetterQuery } from '../../letters/ports.ts';
import { fromEntryText } from './entry-text.ts';
import type { LetterKeys } from './letter-keys.ts';

/** Entries by id, in the order of `ids`; absent ones are left out. */
export const findEntries = async (
  redis: RedisConnection,
  keys: LetterKeys,
  ids: readonly string[],
): Promise<Entry[]> => {
  if (ids.length === 0) return [];
  const texts = await redis.use((client) => client.hmget(keys.entries, ...ids));
  return texts.flatMap((text, at) => (text === null ? [] : fromEntryText(ids[at] ?? '', text)));
};

const isKnown = (entry: Entry): entry is KnownEntry => entry.letter !== undefined;

/** The smallest set that holds all that is asked for. */
const setFor = ({ eventId, contactId, fingerprint, state }: LetterFilter, keys: LetterKeys): string => {
  if (eventId !== undefined) return keys.event(eventId);
  if (contactId !== undefined) return keys.contact(contactId);
  if (state === 'replayed' || state === 'discarded') return keys.closed;
  return fingerprint === undefined ? keys.open : keys.fingerprint(fingerprint);
};

/** How many entries one request looks at. */
const lookedAt = 1_000;

const membersOf = (redis: RedisConnection, set: string, query: LetterQuery): Promise<string[]> => {
  const { filter, order, after } = query;
  const [low, high] = [
    filter.since === undefined ? '-' : `[${positionAt(filter.since)}`,
    filter.until === undefined ? '+' : `(${positionAt(filter.until)}`,
  ];
  return redis.use((client) =>
    order === 'newest'
      ? client.zrevrangebylex(set, after === undefined ? high : `(${after}`, low, 'LIMIT', 0, lookedAt)
      : client.zrangebylex(set, after === undefined ? low : `(${after}`, high, 'LIMIT', 0, lookedAt),
  );
};

/** A page; an entry that does not change while the pages are read comes exactly once. */
export const listEntries = async (
  redis: RedisConnection,
  keys: LetterKeys,
  query: LetterQuery,
): Promise<LetterPage> => {
  const members = await membersOf(redis, setFor(query.filter, keys), query);
  const entries = await findEntries(redis, keys, members.map(idAtPosition));
  const byId = new Map(entries.map((entry) => [entry.id, entry]));
  const found: KnownEntry[] = [];
  for (const member of members) {
    if (found.length === query.limit) break;
    const entry = byId.get(idAtPosition(member));
    if (entry !== undefined && isKnown(entry) && matches(query.filter, entry)) found.push(entry);
  }
  const isCut = found.length === query.limit;
  const last = isCut ? members.find((member) => idAtPosition(member) === found.at(-1)?.id) : members.at(-1);
  const mayHaveMore = isCut
    ? last !== members.at(-1) || members.length === lookedAt
    : members.length === lookedAt;
  return { entries: found, ...(mayHaveMore && last !== undefined && { next: last }) };
};

/** How many groups are looked at, of whichever there are more. */
const mostGroups = 1_000;

export const groupEntries = async (
  redis: RedisConnection,
  keys: LetterKeys,
  limit: number,
): Promise<LetterGroup[]> => {
  const fingerprints = (await redis.use((client) => client.smembers(keys.fingerprints))).slice(0, mostGroups);
  const replies = await redis.pipeline((pipeline) => {
    for (const fingerprint of fingerprints) {
      const set = keys.fingerprint(fingerprint);
      pipeline.zcard(set).zrange(set, '0', '0').zrange(set, '-1', '-1');
    }
  });
  const groups = fingerprints
    .map((fingerprint, index) => ({
      fingerprint,
      count: replies[3 * index] as number,
      ids: [replies[3 * index + 1], replies[3 * index + 2]].flatMap((reply) =>
        (reply as readonly string[]).map(idAtPosition),
      ),
    }))
    .filter(({ count }) => count > 0)
    .toSorted((one, other) => other.count - one.count)
    .slice(0, limit);
  const entries = await findEntries(redis, keys, [...new Set(groups.flatMap(({ ids }) => ids))]);
  const byId = new Map(entries.filter(isKnown).map((entry) => [entry.id, entry]));
  return groups.flatMap(({ fingerprint, count, ids: [oldestId = '', newestId = ''] }) => {
    const [oldest, newest] = [byId.get(oldestId), byId.get(newestId)];
    return oldest === undefined || newest === undefined ? [] : [{ fingerprint, count, oldest, newest }];
  });
};
