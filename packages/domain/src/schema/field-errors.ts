import type { FieldError } from '../app-error.ts';
import { escapePointer } from '../json/json-parser.ts';

/** A fault as Ajv tells it. */
export type SchemaFault = {
  readonly instancePath: string;
  readonly keyword: string;
  readonly message?: string | undefined;
  readonly params: Readonly<Record<string, unknown>>;
};

/** A member may be called anything, so a pointer may be as long as a body. */
const longestPointer = 1_000;

const pointerOf = (fault: SchemaFault): string => {
  const member = fault.params['missingProperty'] ?? fault.params['additionalProperty'];
  const step = member === undefined ? '' : `/${escapePointer(String(member))}`;
  return `${fault.instancePath}${step}`.slice(0, longestPointer);
};

// A branch of a union that is there for emptiness explains nothing.
const saysLittle = (fault: SchemaFault): boolean =>
  fault.keyword === 'anyOf' || (fault.keyword === 'type' && fault.params['type'] === 'null');

const oneOf = (values: readonly unknown[]): string => {
  const texts = values.map((value) => JSON.stringify(value));
  return texts.length === 1 ? `must be ${texts[0]}` : `must be one of ${texts.join(', ')}`;
};

/** By a `const`, or a branch of a union of such, and by an `enum`. */
const allowedBy = (params: SchemaFault['params']): readonly unknown[] => {
  if ('allowedValue' in params) return [params['allowedValue']];
  return Array.isArray(params['allowedValues']) ? params['allowedValues'] : [];
};

const detailOf = (faults: readonly SchemaFault[]): string => {
  const allowed = faults.flatMap(({ params }) => allowedBy(params));
  if (allowed.length > 0) return oneOf(allowed);
  const telling = faults.filter((fault) => !saysLittle(fault));
  // Branches of a union that are for other types, or for objects without this member, are silent about a value of the right one.
  const fault =
    telling.find(({ keyword }) => keyword !== 'type' && keyword !== 'additionalProperties') ??
    telling.find(({ keyword }) => keyword === 'type') ??
    telling[0] ??
    faults[0];
  if (fault?.keyword === 'required') return 'is required';
  if (fault?.keyword === 'additionalProperties') return 'is not a known member';
  if (fault?.keyword !== 'type') return fault?.message ?? 'is not valid';
  const types = (telling.includes(fault) ? telling : faults).filter(({ keyword }) => keyword === 'type');
  return `must be ${[...new Set(types.map(({ params }) => params['type']))].join(' or ')}`;
};

const MAX_FIELD_ERRORS = 50;

const isOfKind = ({ keyword }: SchemaFault): boolean => keyword === 'anyOf' || keyword === 'type';

/** Faults of a place whose inside says more: it could have been of another kind, or empty, instead. */
const isExplainedInside = (pointer: string, found: readonly SchemaFault[], pointers: readonly string[]) =>
  found.every(isOfKind) && pointers.some((other) => other.startsWith(`${pointer}/`));

export type PlacedFault = FieldError & { readonly isUnknownMember: boolean };

/** Schema faults as pointers, cut where they are long, with one reason each, never a value. */
export const placedFaults = (faults: readonly SchemaFault[], atMost: number): PlacedFault[] => {
  const byPointer = Map.groupBy(faults, pointerOf);
  const pointers = [...byPointer.keys()].slice(0, 2 * atMost);
  return [...byPointer]
    .filter(([pointer, found]) => !isExplainedInside(pointer, found, pointers))
    .slice(0, atMost)
    .map(([pointer, found]) => ({
      pointer,
      detail: detailOf(found),
      isUnknownMember: found.every(({ keyword }) => keyword === 'additionalProperties'),
    }));
};

/** {@link placedFaults}, at most 50. */
export const toFieldErrors = (faults: readonly SchemaFault[]): FieldError[] =>
  placedFaults(faults, MAX_FIELD_ERRORS).map(({ pointer, detail }) => ({ pointer, detail }));
