import type { FieldOwner } from '@contact-sync/domain';
import { type Static, Type } from 'typebox';

const strict = { additionalProperties: false };

/** A value that a file may write down: for a default or a constant. */
export const PlainValue = Type.Union([
  Type.String(),
  Type.Number(),
  Type.Boolean(),
  Type.Array(Type.String()),
]);
export type PlainValue = Static<typeof PlainValue>;

const separator = Type.String({
  minLength: 1,
  maxLength: 20,
  description: 'What stands between the parts; the last part takes all that is left.',
});

/** One schema a kind of transform. No kind evaluates code. */
export const transformSchemas = {
  copy: Type.Object({ kind: Type.Literal('copy') }, { ...strict, description: 'The value as it is.' }),
  text: Type.Object(
    { kind: Type.Literal('text') },
    { ...strict, description: 'A string, number or boolean, written as text.' },
  ),
  phone: Type.Object(
    { kind: Type.Literal('phone') },
    { ...strict, description: 'A phone number as E.164 where it is a valid one, else as it came.' },
  ),
  address: Type.Object(
    { kind: Type.Literal('address') },
    { ...strict, description: 'One flat line into street, city, state, zipCode and country.' },
  ),
  date: Type.Object(
    { kind: Type.Literal('date') },
    { ...strict, description: 'An RFC 3339 time, checked and kept as it came.' },
  ),
  table: Type.Object(
    {
      kind: Type.Literal('table'),
      entries: Type.Record(Type.String(), Type.String(), {
        minProperties: 1,
        description: "AcmeCRM's text to ours.",
      }),
      otherwise: Type.Optional(
        Type.String({ description: 'Ours for a text that no entry names; without it that is a problem.' }),
      ),
    },
    { ...strict, description: 'An enum table.' },
  ),
  join: Type.Object(
    { kind: Type.Literal('join'), separator },
    { ...strict, description: 'Several members of AcmeCRM into one field.' },
  ),
  split: Type.Object(
    { kind: Type.Literal('split'), separator },
    { ...strict, description: 'One member of AcmeCRM into several fields.' },
  ),
  constant: Type.Object(
    { kind: Type.Literal('constant'), value: PlainValue },
    { ...strict, description: 'Always the same value, on the one side that the pair names.' },
  ),
};

export const Transform = Type.Union([
  transformSchemas.copy,
  transformSchemas.text,
  transformSchemas.phone,
  transformSchemas.address,
  transformSchemas.date,
  transformSchemas.table,
  transformSchemas.join,
  transformSchemas.split,
  transformSchemas.constant,
]);
export type Transform = Static<typeof Transform>;

/** Which way a pair is run. */
export type Direction = 'both' | 'toContact' | 'toAcme';

/**
 * One line of a mapping: which members of AcmeCRM's record and which fields of the contact belong together, and how.
 * Paths are JSON pointers (RFC 6901) of one or two steps.
 */
export type FieldPair = {
  /** Members of AcmeCRM's record; none for a constant in the contact, several for a join. */
  readonly acme: readonly string[];
  /** Fields of the contact; none for a constant in AcmeCRM, several for a split. */
  readonly contact: readonly string[];
  readonly direction: Direction;
  readonly transform: Transform;
  /** Who wins where both sides changed the field. */
  readonly owner: FieldOwner;
  /** Whether AcmeCRM's value can be had back from the contact alone, without what was kept aside. */
  readonly lossless: boolean;
  /** The contact's value where AcmeCRM has none. */
  readonly default?: PlainValue;
};

/** A mapping as data. */
export type MappingDefinition = {
  /** Members of AcmeCRM's record, beyond those of its documented shape, that pairs may name. */
  readonly members?: readonly string[];
  readonly pairs: readonly FieldPair[];
};
