import type { Pipeline } from '@contact-sync/api-contracts';
import type { Reading } from '../run/live-series.ts';

/** A counter of the stages over time. */
export const readingsOf = (
  past: readonly Pipeline[],
  count: (pipeline: Pipeline) => number,
): readonly Reading[] => past.map((one) => ({ at: Date.parse(one.at), count: count(one) }));
