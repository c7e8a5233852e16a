import type { ListOrder } from '../../../domain/lists/list-position.ts';
import type { CandidateSet } from './candidate-set.ts';

/** How many entries one request looks at before it answers a short page with a cursor (design section 4). */
export const maxExamined = 1_000;

/**
 * `walk` goes on in the list's order, `step` entries at a time, and passes by what other sets do not hold; `gather`
 * reads a small set whole and puts it in order.
 */
export type ListPlan = {
  readonly way: 'walk' | 'gather';
  readonly set: CandidateSet;
  readonly step: number;
};

export type Counted = { readonly set: CandidateSet; readonly count: number };

const smallest = (sets: readonly Counted[]): Counted =>
  sets.reduce((best, candidate) => (candidate.count < best.count ? candidate : best));

/**
 * The way that probably looks at the fewest entries, where filters know nothing of each other. `total` is how many
 * contacts there are.
 */
export const planList = (
  counted: readonly Counted[],
  { by, limit, total }: { readonly by: ListOrder['by']; readonly limit: number; readonly total: number },
): ListPlan => {
  const walked = smallest(counted.filter(({ set }) => set.by === by));
  const wanted = limit + 1;
  const share = counted
    .filter((other) => other !== walked)
    .reduce((product, { count }) => product * Math.min(1, count / Math.max(1, total)), 1);
  const expected = share === 0 ? Number.POSITIVE_INFINITY : wanted / share;
  const least = smallest(counted);
  if (least !== walked && least.count <= Math.min(maxExamined, expected)) {
    return { way: 'gather', set: least.set, step: maxExamined };
  }
  return { way: 'walk', set: walked.set, step: Math.min(maxExamined, Math.ceil(expected)) };
};
