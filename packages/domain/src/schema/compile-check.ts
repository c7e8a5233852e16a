import type { ValidateFunction } from 'ajv';
import type { Static, TSchema } from 'typebox';
import type { FieldError } from '../app-error.ts';
import { createAjv, type Tells, validatorOf } from './create-ajv.ts';
import { toFieldErrors } from './field-errors.ts';

/** Every fault of a value with its pointer; none means that the value fits. */
export type Check = (value: unknown) => FieldError[];

// Listing each of a million faulty items would be the attack itself.
const MAX_LISTED_NODES = 2_000;

const nodesUpTo = (root: unknown, limit: number): number => {
  const open = [root];
  let count = 0;
  for (let value = open.pop(); value !== undefined && count <= limit; value = open.pop()) {
    count += 1;
    if (typeof value !== 'object' || value === null) continue;
    for (const member of Object.values(value)) {
      if (open.length > limit) return limit + 1;
      open.push(member ?? null);
    }
  }
  return count;
};

/** What texts may be, by the name that a schema has under `format`. */
export type Formats = Readonly<Record<string, (text: string) => boolean>>;

const compileWith = (schema: TSchema, formats: Formats, tells: Tells): ValidateFunction => {
  const ajv = createAjv({ allErrors: tells === 'every' });
  for (const [name, validate] of Object.entries(formats)) ajv.addFormat(name, validate);
  return ajv.compile(schema);
};

/**
 * A check of values that do not come as a Fastify body, for a schema that is there as long as the process. A value that
 * fits is walked once; only a value at fault is walked again for all of its faults, and one of more than 2,000 members for
 * its first fault alone. `formats` stand beside those of JSON Schema. Each walk is compiled when it is first taken, which
 * for a large schema takes some 10 ms: most of a service's checks are of what its start never meets.
 */
export const compileCheck = (schema: TSchema, formats?: Formats): Check => {
  const compile = (tells: Tells) =>
    formats ? compileWith(schema, formats, tells) : validatorOf(schema, tells);
  let quick: ValidateFunction | undefined;
  let thorough: ValidateFunction | undefined;
  return (value) => {
    quick ??= compile('first');
    if (quick(value)) return [];
    if (nodesUpTo(value, MAX_LISTED_NODES) > MAX_LISTED_NODES) return toFieldErrors(quick.errors ?? []);
    thorough ??= compile('every');
    thorough(value);
    return toFieldErrors(thorough.errors ?? []);
  };
};

/** Whether a value fits, for what has no use for its faults. Compiled as {@link compileCheck} is. */
export const compileGuard = <Schema extends TSchema>(schema: Schema) => {
  let fits: ValidateFunction | undefined;
  return (value: unknown): value is Static<Schema> => {
    fits ??= validatorOf(schema, 'first');
    return fits(value);
  };
};
