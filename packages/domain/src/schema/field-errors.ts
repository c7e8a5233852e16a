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

const detailOf = (faults: readonly SchemaFault[]): string => {
  const allowed = faults.flatMap(({ params }) => ('allowedValue' in params ? [params['allowedValue']] : []));
  if (allowed.length > 0) return `must be one of ${allowed.map((value) => JSON.stringify(value)).join(', ')}`;
  const fault = faults.find((candidate) => !saysLittle(candidate)) ?? faults[0];
  if (fault?.keyword === 'required') return 'is required';
  if (fault?.keyword === 'additionalProperties') return 'is not a known member';
  return fault?.message ?? 'is not valid';
};

const MAX_FIELD_ERRORS = 50;

/** Faults of a place whose inside says more: it could have been empty instead. */
const isExplainedInside = (pointer: string, found: readonly SchemaFault[], pointers: readonly string[]) =>
  found.every(saysLittle) && pointers.some((other) => other.startsWith(`${pointer}/`));

/** Schema faults as pointers, cut where they are long, with one reason each; at most 50, never a value. */
export const toFieldErrors = (faults: readonly SchemaFault[]): FieldError[] => {
  const byPointer = Map.groupBy(faults, pointerOf);
  const pointers = [...byPointer.keys()].slice(0, 2 * MAX_FIELD_ERRORS);
  return [...byPointer]
    .filter(([pointer, found]) => !isExplainedInside(pointer, found, pointers))
    .slice(0, MAX_FIELD_ERRORS)
    .map(([pointer, found]) => ({ pointer, detail: detailOf(found) }));
};
