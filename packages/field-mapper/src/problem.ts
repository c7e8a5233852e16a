import type { MappingProblem } from '@contact-sync/domain';

/** What can be wrong with a value that is mapped. A code never changes its meaning. */
export type ProblemCode =
  | 'REQUIRED'
  | 'WRONG_TYPE'
  | 'TOO_LONG'
  | 'TOO_MANY'
  | 'NOT_ALLOWED'
  | 'INVALID_FORMAT'
  | 'NOT_IN_TABLE'
  | 'NAME_LENGTH'
  | 'NAME_TAKEN';

/** Where problems are gathered while one record is mapped. */
export type Problems = MappingProblem[];

const typeName = (value: unknown): string => {
  if (value === undefined) return 'missing';
  if (value === null) return 'null';
  return Array.isArray(value) ? 'array' : typeof value;
};

/** Notes a problem. Of the value only its type is kept. */
export const report = (problems: Problems, pointer: string, code: ProblemCode, value: unknown): void => {
  problems.push({ pointer, code, valueType: typeName(value) });
};
