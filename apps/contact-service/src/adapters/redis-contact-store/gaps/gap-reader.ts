import type { RedisConnection } from '@contact-sync/redis';
import type { GapQuery, GapReader, VersionGap } from '../../../ports.ts';
import { type ContactKeys, listShard } from '../contact-keys.ts';
import { readAll } from '../read-hashes.ts';
import { fromGapMember } from './gap-member.ts';

const sourceOf = ['sourceId'];

type Found = { readonly member: string; readonly noticedMs: number };

const pairsOf = (membersAndScores: readonly string[]): Found[] =>
  Array.from({ length: membersAndScores.length / 2 }, (_, index) => ({
    member: membersAndScores[index * 2] ?? '',
    noticedMs: Number(membersAndScores[index * 2 + 1]),
  }));

const positionOf = ({ noticedMs, member }: Found): string => `${noticedMs}/${member}`;

/** Oldest first, and by member where they were noticed in one millisecond, as Redis keeps them. */
const isAfter = ({ noticedMs, member }: Found, after: string): boolean => {
  const slash = after.indexOf('/');
  const ms = Number(after.slice(0, slash));
  return noticedMs > ms || (noticedMs === ms && member > after.slice(slash + 1));
};

const fromMs = ({ noticedFrom, after }: GapQuery): number => {
  const lowest = noticedFrom === undefined ? 0 : Date.parse(noticedFrom);
  return after === undefined ? lowest : Math.max(lowest, Number.parseInt(after, 10));
};

/** Reads the index of missing versions. */
export const createGapReader = (redis: RedisConnection, keys: ContactKeys): GapReader => {
  const key = keys.gaps(listShard);

  const find = async (query: GapQuery): Promise<Found[]> => {
    const [wanted, from, below] = [query.limit + 1, fromMs(query), `(${Date.parse(query.noticedBefore)}`];
    const found: Found[] = [];
    for (let offset = 0; ; offset += wanted) {
      const read = await redis.use((client) =>
        client.zrangebyscore(key, from, below, 'WITHSCORES', 'LIMIT', offset, wanted),
      );
      const pairs = pairsOf(read);
      found.push(...pairs.filter((pair) => query.after === undefined || isAfter(pair, query.after)));
      if (pairs.length < wanted || found.length >= wanted) return found;
    }
  };

  /** Of an erased contact, or one whose mirror was swept in between, nothing is told. */
  const whole = async (found: readonly Found[]): Promise<VersionGap[]> => {
    if (found.length === 0) return [];
    const gaps = found.map(({ member, noticedMs }) => ({
      ...fromGapMember(member),
      noticedAt: new Date(noticedMs).toISOString(),
    }));
    const hashes = await readAll(
      redis,
      gaps.map(({ contactId }) => ({ key: keys.mirror(contactId), fields: sourceOf })),
    );
    return gaps.flatMap((gap, index) => {
      const sourceId = hashes[index]?.['sourceId'];
      return sourceId === undefined ? [] : [{ ...gap, sourceId }];
    });
  };

  return {
    list: async (query) => {
      const found = await find(query);
      const shown = found.slice(0, query.limit);
      const items = await whole(shown);
      const last = shown.at(-1);
      return found.length > query.limit && last ? { items, next: positionOf(last) } : { items };
    },
    count: async ({ noticedFrom, noticedBefore }) => {
      const from = noticedFrom === undefined ? '-inf' : Date.parse(noticedFrom);
      return await redis.use((client) => client.zcount(key, from, `(${Date.parse(noticedBefore)}`));
    },
  };
};
