import { type Static, Type } from 'typebox';
import { PlainValue, Transform } from './field-pair.ts';

const strict = { additionalProperties: false };

const Pointer = Type.String({
  minLength: 2,
  maxLength: 400,
  description: 'JSON pointer of one or two steps, e.g. /acme_custom_fields/tier',
});

const side = (description: string) =>
  Type.Optional(Type.Union([Pointer, Type.Array(Pointer, { minItems: 1, maxItems: 10 })], { description }));

/** The members of one pair of the file; what is left out has the default that the README names. */
export const MappingFilePair = Type.Object(
  {
    description: Type.Optional(Type.String({ description: 'For the reader; no part of the mapping.' })),
    acme: side("Members of AcmeCRM's record: one, or several for a join."),
    contact: side('Fields of the contact: one, or several for a split.'),
    direction: Type.Optional(
      Type.Union([Type.Literal('both'), Type.Literal('toContact'), Type.Literal('toAcme')], {
        description: 'Default: both; for a constant, the side it stands on.',
      }),
    ),
    transform: Type.Optional(Transform),
    owner: Type.Optional(
      Type.Union([Type.Literal('acmecrm'), Type.Literal('integration')], {
        description: 'Who wins where both sides changed the field. Default: acmecrm.',
      }),
    ),
    lossless: Type.Optional(
      Type.Boolean({ description: 'Refused where it cannot be kept. Default: true where it can.' }),
    ),
    default: Type.Optional(PlainValue),
  },
  strict,
);
export type MappingFilePair = Static<typeof MappingFilePair>;

/** A deployment's mapping file: pairs that replace those of the built-in mapping, or stand beside them. */
export const MappingFile = Type.Object(
  {
    version: Type.Literal(1, { description: 'Of this format.' }),
    description: Type.Optional(Type.String({ description: 'For the reader; no part of the mapping.' })),
    members: Type.Optional(
      Type.Array(Type.String({ minLength: 1, maxLength: 100 }), {
        maxItems: 200,
        description: 'Members of the record beyond the documented ones that pairs may name.',
      }),
    ),
    pairs: Type.Array(MappingFilePair, { maxItems: 200 }),
  },
  strict,
);
export type MappingFile = Static<typeof MappingFile>;
