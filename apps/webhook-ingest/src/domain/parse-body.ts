import { isUtf8 } from 'node:buffer';
import { AppError, parseJson } from '@contact-sync/domain';
import { measureJson } from './measure-json.ts';

// AcmeCRM's own members nest three deep; unknown members may go deeper, but not so deep that walking them is work.
const MAX_DEPTH = 32;

const malformed = (detail: string): AppError => new AppError('MALFORMED_BODY', { message: detail });

const assertText = (text: string): void => {
  if (!text.isWellFormed() || text.includes('\u0000')) {
    throw malformed('The body has text that no store can hold: a lone surrogate or a NUL.');
  }
};

/** Only an escape can spell what {@link assertText} refuses: the bytes are UTF-8, and JSON has no bare control character. */
const mayHoldOddText = (json: string): boolean => json.includes('\\u');

/** Gives how many members the value's objects have. `odd` asks for a look at each text too. */
const assertPlain = (value: unknown, odd: boolean): number => {
  if (typeof value === 'string') {
    if (odd) assertText(value);
    return 0;
  }
  if (typeof value === 'number' && !Number.isFinite(value)) {
    throw malformed('The body has a number that is out of range.');
  }
  if (typeof value !== 'object' || value === null) return 0;
  let members = 0;
  if (Array.isArray(value)) {
    for (const item of value) members += assertPlain(item, odd);
    return members;
  }
  for (const member of Object.keys(value)) {
    if (member === '__proto__') throw malformed('The body has a member that is not allowed.');
    if (odd) assertText(member);
    members += 1 + assertPlain((value as Record<string, unknown>)[member], odd);
  }
  return members;
};

/**
 * A delivery's body as plain JSON (RFC 8259) that every later stage can hold: valid UTF-8, finite numbers, well-formed
 * text, bounded depth, no member twice in one object (readers differ on which one counts).
 *
 * @throws {AppError} MALFORMED_BODY.
 */
export const parseBody = (body: Buffer): unknown => {
  if (!isUtf8(body)) throw malformed('The body is not valid UTF-8.');
  const { members, depth } = measureJson(body);
  // Before it is parsed: half a million brackets would make as many arrays.
  if (depth > MAX_DEPTH) throw malformed('The body is nested too deeply.');
  const json = body.toString('utf8');
  let value: unknown;
  try {
    value = parseJson(json);
  } catch {
    throw malformed('The body is not valid JSON.');
  }
  // A parser keeps the last of several, so the value then has fewer members than the text.
  if (assertPlain(value, mayHoldOddText(json)) < members)
    throw malformed('The body has an object with a member twice.');
  return value;
};
