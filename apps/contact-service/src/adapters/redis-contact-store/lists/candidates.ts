import type { RedisConnection } from '@contact-sync/redis';
import { compareText } from '../../../domain/lists/compare-text.ts';
import { referenceAt } from '../../../domain/lists/list-position.ts';
import type { ListQuery } from '../../../ports.ts';
import type { CandidateSet } from './candidate-set.ts';
import { readRange } from './index-range.ts';
import type { Candidate, Sieve } from './sieve.ts';

/** Candidates in the list's order; `last` is the position up to which nothing was left out. */
export type Batch = {
  readonly found: readonly Candidate[];
  readonly examined: number;
  readonly last: string | undefined;
  /** Whether nothing comes after them. */
  readonly isEnd: boolean;
};

export type From = {
  /** The position to go on after. */
  readonly after: string | undefined;
  /** Most members of the set to look at. */
  readonly limit: number;
};

/** Finds the candidates of a list: from a place on in the list's order, or all of a small set. */
export const createCandidates = (redis: RedisConnection, sieve: Sieve) => ({
  /** The next ones of a set that is in the list's order. */
  async walk(query: ListQuery, set: CandidateSet, { after, limit }: From): Promise<Batch> {
    const { descending } = query.order;
    const step = { descending, limit, ...(after !== undefined && { after }) };
    const runs = await Promise.all(set.ranges.map((range) => readRange(redis, range, step)));
    // The first ones of a union are among the first ones of its parts.
    const all = [...new Set(runs.flat())];
    if (runs.length > 1) all.sort((one, other) => compareText(one, other) * (descending ? -1 : 1));
    const positions = all.slice(0, limit);
    const candidates = positions.map((position) => ({ reference: referenceAt(set.by, position), position }));
    return {
      found: await sieve.pass(query, set, candidates),
      examined: positions.length,
      last: positions.at(-1),
      isEnd: all.length <= limit && runs.every((run) => run.length < limit),
    };
  },
  /** All members of a set that come after the given position. */
  async gather(query: ListQuery, set: CandidateSet, after: string | undefined): Promise<Batch> {
    const everything = { descending: false, limit: -1 };
    const runs = await Promise.all(set.ranges.map((range) => readRange(redis, range, everything)));
    const references = [...new Set(runs.flat().map((position) => referenceAt(set.by, position)))];
    const direction = query.order.descending ? -1 : 1;
    const found = (await sieve.place(query, set, references))
      .filter(({ position }) => after === undefined || compareText(position, after) * direction > 0)
      .sort((one, other) => compareText(one.position, other.position) * direction);
    return { found, examined: references.length, last: found.at(-1)?.position, isEnd: true };
  },
});
