import { isDateTime } from '@contact-sync/domain';
import { report } from '../problem.ts';
import { type Gate, isNothing } from './gate.ts';

/** A time as RFC 3339 writes it. */
export const dateGate =
  (pointer: string): Gate<string | null> =>
  (value, problems) => {
    if (typeof value === 'string' && isDateTime(value)) return value;
    if (!isNothing(value))
      report(problems, pointer, typeof value === 'string' ? 'INVALID_FORMAT' : 'WRONG_TYPE', value);
    return null;
  };
