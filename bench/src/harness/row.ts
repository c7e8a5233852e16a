import type { Goal } from './goal.ts';
import { median, spread } from './statistics.ts';

/** One measured figure. Null where there is nothing to say: no ceiling, no goal. */
export type Row = {
  readonly name: string;
  /** Median over the rounds. */
  readonly value: number;
  readonly unit: string;
  /** Lowest to highest round as a share of the median: how much of a difference is noise. */
  readonly spread: number | null;
  /** What the value stands beside, measured in the same rounds; median. */
  readonly ceiling: number | null;
  /** Median of the rounds' own ratios, so that what slows a whole round down cancels out. */
  readonly ratio: number | null;
  readonly goal: string | null;
  readonly met: boolean | null;
};

export type RowInput = {
  readonly name: string;
  readonly unit: string;
  /** One value a round. */
  readonly values: readonly number[];
  /** The ceiling's value of the same rounds. */
  readonly ceilings?: readonly number[];
  readonly goal?: Goal;
};

// A fifth digit would be noise.
const rounded = (value: number): number => Number(value.toPrecision(4));

const ratioOf = (values: readonly number[], ceilings: readonly number[]): number => {
  if (values.length !== ceilings.length) throw new RangeError('subject and ceiling need the same rounds');
  return median(values.map((value, round) => value / (ceilings[round] as number)));
};

/** Makes a row of what the rounds gave. The goal is judged before anything is rounded. */
export const row = ({ name, unit, values, ceilings, goal }: RowInput): Row => {
  const value = median(values);
  const ratio = ceilings === undefined ? Number.NaN : ratioOf(values, ceilings);
  return {
    name,
    value: rounded(value),
    unit,
    spread: values.length > 1 ? rounded(spread(values)) : null,
    ceiling: ceilings === undefined ? null : rounded(median(ceilings)),
    ratio: Number.isFinite(ratio) ? rounded(ratio) : null,
    goal: goal?.text ?? null,
    met: goal?.isMet({ value, ratio }) ?? null,
  };
};
