export type BrakeLimit = {
  /** So many in any case. */
  readonly count: number;
  /** Of all contacts, as a fraction of 1. */
  readonly share: number;
};

/** From so many on a share of all contacts holds: a small store would brake at its second delete. */
const leastByShare = 20;

/** How many deletes may be done within the window, where there are so many contacts (design section 6, point 5). */
export const mostDeletes = ({ count, share }: BrakeLimit, contacts: number): number =>
  Math.min(count, Math.max(leastByShare, Math.floor(share * contacts)));
