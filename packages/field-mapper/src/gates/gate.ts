import type { Problems } from '../problem.ts';
import { failed } from '../pull.ts';

/**
 * Stands before one place and lets through what that place may hold; of anything else it reports why, and yields the
 * empty value. Reading is kept apart from judging so that both are called where they are used once, and inlined there.
 */
export type Gate<Value> = (value: unknown, problems: Problems) => Value;

/** Whether there is nothing to let through, and nothing to report either. */
export const isNothing = (value: unknown): boolean =>
  value === undefined || value === null || value === failed;
