import type { FieldError } from '@contact-sync/domain';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import type { TSchema } from 'typebox';
import { toFieldErrors } from './problem.ts';

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

/**
 * Compiles a check of values that do not come as a Fastify body. A value that fits is walked once; only a value at
 * fault is walked again for all of its faults, and one of more than 2,000 members for its first fault alone.
 */
export const compileCheck = (schema: TSchema): Check => {
  const quick = addFormats.default(new Ajv({ strict: false })).compile(schema);
  const thorough = addFormats.default(new Ajv({ strict: false, allErrors: true })).compile(schema);
  return (value) => {
    if (quick(value)) return [];
    if (nodesUpTo(value, MAX_LISTED_NODES) > MAX_LISTED_NODES) return toFieldErrors(quick.errors ?? []);
    thorough(value);
    return toFieldErrors(thorough.errors ?? []);
  };
};
