import { isSameValue } from '../../data/value-text.ts';

/** One field on both sides; `theirs` is AcmeCRM's value as our mapping reads it. */
export type FieldOfSides = {
  readonly field: string;
  readonly ours: unknown;
  readonly theirs: unknown;
  readonly differs: boolean;
};

type Fields = Readonly<Record<string, unknown>>;

const order = [
  'firstName',
  'lastName',
  'email',
  'phone',
  'company',
  'title',
  'status',
  'address',
  'tags',
  'notes',
  'customFields',
] as const;

/** The fields of both sides in one order; without a record of theirs nothing differs. */
export const compareSides = (ours: Fields, theirs: Fields | undefined): FieldOfSides[] =>
  order.map((field) => ({
    field,
    ours: ours[field],
    theirs: theirs?.[field],
    differs: theirs !== undefined && !isSameValue(ours[field], theirs[field]),
  }));
