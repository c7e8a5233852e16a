import type { Findings } from '@contact-sync/api-contracts';

/** All findings of several judgements, in the same order. */
export const joinFindings = (all: readonly Partial<Findings>[]): Findings => ({
  lost: all.flatMap(({ lost }) => lost ?? []),
  doubled: all.flatMap(({ doubled }) => doubled ?? []),
  unexpected: all.flatMap(({ unexpected }) => unexpected ?? []),
  unverified: all.flatMap(({ unverified }) => unverified ?? []),
});
