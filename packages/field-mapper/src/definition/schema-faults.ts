import { placedFaults, validatorOf } from '@contact-sync/domain';
import { type TSchema, Type } from 'typebox';
import type { DefinitionFault } from './definition-fault.ts';
import { transformSchemas } from './field-pair.ts';
import { MappingFile, MappingFilePair } from './mapping-file.ts';

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** More than a file that a person wrote can have. */
const MAX_FAULTS = 1_000;

const faultsOf = (schema: TSchema, value: unknown, place: string): DefinitionFault[] => {
  const validate = validatorOf(schema, 'every');
  validate(value);
  return placedFaults(validate.errors ?? [], MAX_FAULTS).map(({ pointer, detail, isUnknownMember }) => ({
    pointer: place + pointer,
    ...(isUnknownMember
      ? { code: 'UNKNOWN_KEY', detail: 'is no key of this object' }
      : { code: 'INVALID_SHAPE', detail }),
  }));
};

const pairWithAnyTransform = Type.Object(
  { ...MappingFilePair.properties, transform: Type.Optional(Type.Unknown()) },
  { additionalProperties: false },
);

const transformFaults = (transform: unknown, place: string): DefinitionFault[] => {
  const kinds = Object.keys(transformSchemas);
  const kind = isObject(transform) ? transform['kind'] : undefined;
  if (typeof kind !== 'string' || !Object.hasOwn(transformSchemas, kind))
    return [
      { pointer: `${place}/kind`, code: 'INVALID_SHAPE', detail: `must be one of ${kinds.join(', ')}` },
    ];
  return faultsOf(transformSchemas[kind as keyof typeof transformSchemas], transform, place);
};

/** The shape faults of one pair; with none, it is a {@link MappingFilePair}. */
export const pairShapeFaults = (pair: unknown, place: string): readonly DefinitionFault[] => [
  ...faultsOf(pairWithAnyTransform, pair, place),
  ...(isObject(pair) && pair['transform'] !== undefined
    ? transformFaults(pair['transform'], `${place}/transform`)
    : []),
];

const fileWithAnyPairs = Type.Object(
  { ...MappingFile.properties, pairs: Type.Array(Type.Unknown(), { maxItems: 200 }) },
  { additionalProperties: false },
);

/** The shape faults of a file, its pairs aside. */
export const fileShapeFaults = (file: unknown): readonly DefinitionFault[] =>
  faultsOf(fileWithAnyPairs, file, '');
