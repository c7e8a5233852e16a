import { escapePointer } from '@contact-sync/domain';
import { type TSchema, Type } from 'typebox';
import { Settings } from 'typebox/system';
import { Value } from 'typebox/value';
import type { DefinitionFault } from './definition-fault.ts';
import { transformSchemas } from './field-pair.ts';
import { MappingFile, MappingFilePair } from './mapping-file.ts';

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** TypeBox stops at eight errors by default, in a setting of the whole process; here every one is wanted. */
const everyError = (schema: TSchema, value: unknown) => {
  const { maxErrors } = Settings.Get();
  Settings.Set({ maxErrors: Number.MAX_SAFE_INTEGER });
  try {
    return Value.Errors(schema, value);
  } finally {
    Settings.Set({ maxErrors });
  }
};

/** One fault a place: a union reports its every branch, and a refused key is told twice. */
const faultsOf = (schema: TSchema, value: unknown, place: string): DefinitionFault[] => {
  const found = new Map<string, DefinitionFault>();
  for (const error of everyError(schema, value)) {
    if (error.keyword === 'boolean') continue;
    const at = place + error.instancePath;
    if (error.keyword === 'additionalProperties')
      for (const key of error.params.additionalProperties) {
        const pointer = `${at}/${escapePointer(key)}`;
        found.set(pointer, { pointer, code: 'UNKNOWN_KEY', detail: 'is no key of this object' });
      }
    else found.set(at, { pointer: at, code: 'INVALID_SHAPE', detail: error.message });
  }
  return [...found.values()];
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
