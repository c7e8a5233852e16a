import type { LogPlace } from '@contact-sync/kafka';
import type { Fact } from './facts.ts';
import type { Entry, KnownEntry } from './letter.ts';
import type { LetterFilter } from './letter-filter.ts';

/** How far the index is, as it stands with what it was made of. */
export type IndexPosition = {
  /** Rises with each write; a write on another one is refused. */
  readonly revision: number;
  /** Where to go on, by partition; absent for those of which nothing is indexed. */
  readonly places: readonly LogPlace[];
};

/** What is told of the index as a whole. */
export type IndexSummary = {
  readonly letters: number;
  readonly open: number;
  /** Letters that were taken out because there were too many; their bytes are where they were. */
  readonly dropped: number;
};

/** A page of letters; `next` is the position to go on after, absent on the last page. A page may be short and have one. */
export type LetterPage = { readonly entries: readonly KnownEntry[]; readonly next?: string };

/** Letters with what all failures of one cause have in common. */
export type LetterGroup = {
  readonly fingerprint: string;
  /** Open ones, parked among them. */
  readonly count: number;
  readonly newest: KnownEntry;
  readonly oldest: KnownEntry;
};

export type LetterQuery = {
  readonly filter: LetterFilter;
  readonly order: 'newest' | 'oldest';
  readonly limit: number;
  readonly after?: string;
};

/** The index of letters (design rule 9). Every method throws retryable `AppError`s alone. */
export interface LetterIndex {
  position(): Promise<IndexPosition>;
  /**
   * Adds facts and moves on, in one step, on the position that was read; false where it is another by now. Facts that are
   * known change nothing.
   */
  write(on: IndexPosition, facts: readonly Fact[], places: readonly LogPlace[]): Promise<boolean>;
  /** Removes the letters whose bytes their partitions no longer have: those before these places. */
  expire(firsts: readonly LogPlace[]): Promise<void>;
  /** Forgets everything, the position too: what is read then makes it anew. */
  clear(): Promise<void>;
  /** Absent ones are left out. */
  find(ids: readonly string[]): Promise<readonly Entry[]>;
  list(query: LetterQuery): Promise<LetterPage>;
  /** Largest first. */
  groups(limit: number): Promise<readonly LetterGroup[]>;
  summary(): Promise<IndexSummary>;
  /** How many letters came back from a replay and did not leave again since. */
  returnedFrom(replayId: string): Promise<number>;
}
