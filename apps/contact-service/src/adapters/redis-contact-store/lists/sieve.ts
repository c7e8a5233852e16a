import { matchesFacts, valuesAskedFor } from '../../../domain/lists/list-filters.ts';
import { positionOf } from '../../../domain/lists/list-position.ts';
import type { ListQuery } from '../../../ports.ts';
import type { CandidateSet } from './candidate-set.ts';
import { filterHead } from './list-index.ts';
import type { ListReads } from './list-reads.ts';

/** A contact that a list may hold, by what its indexes say. */
export type Candidate = { readonly reference: string; readonly position: string };

const headsBeside = (query: ListQuery, { origin }: CandidateSet): string[] =>
  valuesAskedFor(query.filters ?? {})
    .map(filterHead)
    .filter((head) => origin.kind !== 'value' || origin.head !== head);

/** Whether there is a filter that neither the set nor an index of values answers. */
const leavesOpen = ({ filters = {} }: ListQuery, { origin }: CandidateSet): boolean =>
  (filters.q !== undefined && origin.kind !== 'q') ||
  (filters.updatedSince !== undefined && origin.kind !== 'updatedSince');

/** Passes by what a list does not hold, reading no contact whole. In the order given. */
export const createSieve = (reads: ListReads) => {
  const keepIndexed = (query: ListQuery, set: CandidateSet, references: readonly string[]) =>
    reads.keepThoseOf(references, { heads: headsBeside(query, set), deleted: query.includeDeleted });

  /** Members of a set, each with its position in the list. */
  const place = async (
    query: ListQuery,
    set: CandidateSet,
    references: readonly string[],
  ): Promise<Candidate[]> => {
    const { order, filters = {} } = query;
    const kept = await keepIndexed(query, set, references);
    if (order.by === 'createdAt' && !leavesOpen(query, set)) {
      return kept.map((reference) => ({ reference, position: reference }));
    }
    const facts = await reads.facts(kept);
    return kept.flatMap((reference, index) => {
      const known = facts[index];
      if (!known || !matchesFacts(known, filters)) return [];
      const position = positionOf(order.by, reference, known, filters.q);
      return position === null ? [] : [{ reference, position }];
    });
  };

  /** Members of a set whose positions are known. */
  const pass = async (
    query: ListQuery,
    set: CandidateSet,
    candidates: readonly Candidate[],
  ): Promise<readonly Candidate[]> => {
    // A page's worth is read anyway, and reading tells all.
    if (candidates.length <= query.limit + 1) return candidates;
    const references = candidates.map(({ reference }) => reference);
    const kept = new Set(await keepIndexed(query, set, references));
    const left = candidates.filter(({ reference }) => kept.has(reference));
    if (!leavesOpen(query, set)) return left;
    const facts = await reads.facts(left.map(({ reference }) => reference));
    return left.filter((_, index) => {
      const known = facts[index];
      return known && matchesFacts(known, query.filters ?? {});
    });
  };

  return { place, pass };
};

export type Sieve = ReturnType<typeof createSieve>;
