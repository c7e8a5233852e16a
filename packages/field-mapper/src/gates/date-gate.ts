import { IsDateTime } from 'typebox/format';
import { report } from '../problem.ts';
import { type Gate, isNothing } from './gate.ts';

/** The times that nearly all are: UTC, no leap second, not a 29th of February. */
const usualTime = new RegExp(
  [
    '^\\d{4}-',
    '(?:(?:0[1-9]|1[0-2])-(?:0[1-9]|1\\d|2[0-8])|(?:0[13-9]|1[0-2])-(?:29|30)|(?:0[13578]|1[02])-31)',
    'T(?:[01]\\d|2[0-3]):[0-5]\\d:[0-5]\\d(?:\\.\\d+)?Z$',
  ].join(''),
);

/** As the domain's schemas judge it. Their judge's five patterns would be half of a record's cost. */
const isTime = (text: string): boolean => usualTime.test(text) || IsDateTime(text);

/** A time as RFC 3339 writes it. */
export const dateGate =
  (pointer: string): Gate<string | null> =>
  (value, problems) => {
    if (typeof value === 'string' && isTime(value)) return value;
    if (!isNothing(value))
      report(problems, pointer, typeof value === 'string' ? 'INVALID_FORMAT' : 'WRONG_TYPE', value);
    return null;
  };
