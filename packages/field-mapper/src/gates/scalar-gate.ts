import { type CustomFieldValue, limits } from '@contact-sync/domain';
import { type ProblemCode, report } from '../problem.ts';
import { fitsLength } from '../text-length.ts';
import { type Gate, isNothing } from './gate.ts';

/** What is wrong with a custom field's value, if anything. */
export const scalarFault = (value: unknown): ProblemCode | null => {
  if (typeof value === 'string') return fitsLength(value, limits.customFieldLength) ? null : 'TOO_LONG';
  return typeof value === 'boolean' || Number.isFinite(value) ? null : 'WRONG_TYPE';
};

/** One custom field. */
export const scalarGate =
  (pointer: string): Gate<CustomFieldValue | null> =>
  (value, problems) => {
    if (isNothing(value)) return null;
    const fault = scalarFault(value);
    if (fault === null) return value as CustomFieldValue;
    report(problems, pointer, fault, value);
    return null;
  };
