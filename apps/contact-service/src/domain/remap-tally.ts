import type { Remap } from '@contact-sync/domain';

/** What a remap came to, counted by contact; `fields` counts the contacts in which a field moved. Plain JSON. */
export type RemapTally = {
  /** Under the mapping already, or with nothing left to map. */
  readonly current: number;
  /** No field moved; the base is under the mapping now. */
  readonly noted: number;
  /** A new version. */
  readonly remapped: number;
  readonly failed: number;
  readonly fields: Readonly<Record<string, number>>;
};

/** A contact that moved at every try; another run may succeed. */
export type RemapConflict = { readonly kind: 'conflict' };

export type RemapOutcome = Remap | RemapConflict;

export const emptyTally: RemapTally = Object.freeze({
  current: 0,
  noted: 0,
  remapped: 0,
  failed: 0,
  fields: {},
});

const place = {
  current: 'current',
  noted: 'noted',
  remapped: 'remapped',
  fault: 'failed',
  conflict: 'failed',
} as const;

/** The tally with these outcomes more. */
export const tallyAfter = (tally: RemapTally, outcomes: Iterable<RemapOutcome>): RemapTally => {
  const next = { ...tally };
  const fields = new Map(Object.entries(tally.fields));
  for (const outcome of outcomes) {
    next[place[outcome.kind]] += 1;
    if (outcome.kind !== 'remapped') continue;
    for (const { field } of outcome.history.changes) fields.set(field, (fields.get(field) ?? 0) + 1);
  }
  return { ...next, fields: Object.fromEntries(fields) };
};
