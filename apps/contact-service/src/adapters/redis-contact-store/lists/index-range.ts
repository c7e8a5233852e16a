import type { RedisConnection } from '@contact-sync/redis';
import { compareText } from '../../../domain/lists/compare-text.ts';

/** The members of one index from `low` on and below `high`; behind their heads stand positions, in order. */
export type IndexRange = {
  readonly key: string;
  readonly low: string;
  readonly high: Buffer;
  readonly headLength: number;
};

// No member in UTF-8 has this byte, so it ends whatever begins like the text before it.
const end = Buffer.from([0xff]);

/** The members of an index that begin with `prefix`, of which `head` is no part of their positions. */
export const prefixRange = (key: string, prefix: string, head = ''): IndexRange => ({
  key,
  low: prefix,
  high: Buffer.concat([Buffer.from(prefix), end]),
  headLength: head.length,
});

/** The members of an index from a position on. */
export const rangeFrom = (key: string, low: string): IndexRange => ({ ...prefixRange(key, ''), low });

const inclusive = (member: string): string => `[${member}`;
const exclusive = (member: string): string => `(${member}`;
const below = ({ high }: IndexRange): Buffer => Buffer.concat([Buffer.from('('), high]);

/** How many members a range has; costs the same for every size. */
export const countRange = (redis: RedisConnection, range: IndexRange): Promise<number> =>
  redis.use((client) => client.zlexcount(range.key, inclusive(range.low), below(range)));

export type Step = { readonly after?: string; readonly descending: boolean; readonly limit: number };

/** Up to `limit` positions of a range that come after the given one. */
export const readRange = async (
  redis: RedisConnection,
  range: IndexRange,
  { after, descending, limit }: Step,
): Promise<string[]> => {
  const { key, low, headLength } = range;
  const last = after === undefined ? undefined : low.slice(0, headLength) + after;
  const members = await redis.use((client) => {
    if (descending) {
      const isInside = last !== undefined && Buffer.compare(Buffer.from(last), range.high) < 0;
      const from = isInside ? exclusive(last) : below(range);
      return client.zrevrangebylex(key, from, inclusive(low), 'LIMIT', 0, limit);
    }
    const isInside = last !== undefined && compareText(last, low) >= 0;
    const from = isInside ? exclusive(last) : inclusive(low);
    return client.zrangebylex(key, from, below(range), 'LIMIT', 0, limit);
  });
  return members.map((member) => member.slice(headLength));
};
