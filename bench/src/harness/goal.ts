/** What a row has to reach. `ratio` is NaN in a row that is compared with nothing. */
export type Goal = {
  readonly text: string;
  readonly isMet: (row: { readonly value: number; readonly ratio: number }) => boolean;
};

export const ratioAtLeast = (least: number): Goal => ({
  text: `ratio ≥ ${least}`,
  isMet: ({ ratio }) => ratio >= least,
});

export const ratioAtMost = (most: number): Goal => ({
  text: `ratio ≤ ${most}`,
  isMet: ({ ratio }) => ratio <= most,
});

export const valueAtMost = (most: number): Goal => ({
  text: `value ≤ ${most}`,
  isMet: ({ value }) => value <= most,
});

export const both = (one: Goal, other: Goal): Goal => ({
  text: `${one.text}, ${other.text}`,
  isMet: (row) => one.isMet(row) && other.isMet(row),
});
