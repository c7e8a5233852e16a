import { isUtf8 } from 'node:buffer';
import { AppError } from '../app-error.ts';
import { type JsonBounds, JsonParser, type JsonReading } from './json-parser.ts';
import { measureJson } from './measure-json.ts';

const malformed = (message: string): AppError => new AppError('MALFORMED_BODY', { message });

/** Half a million brackets cost a tenth of a second even where they are only passed over; no item is worth that. */
const absurdDepth = 100_000;

const mark = Buffer.from('\ufeff');

const withoutMark = (json: Buffer): Buffer =>
  json.subarray(0, mark.length).equals(mark) ? json.subarray(mark.length) : json;

/** Counts as `measureJson` does, but what was kept: a parser keeps the last of several members of one name. */
const membersIn = (value: unknown): number => {
  if (typeof value !== 'object' || value === null) return 0;
  let members = 0;
  if (Array.isArray(value)) {
    for (const item of value) members += membersIn(item);
    return members;
  }
  for (const member of Object.keys(value))
    members += 1 + membersIn((value as Record<string, unknown>)[member]);
  return members;
};

const orMalformed = <Value>(read: () => Value): Value => {
  try {
    return read();
  } catch {
    throw malformed('The body is not valid JSON.');
  }
};

/**
 * The one reader of JSON that others sent (RFC 8259): UTF-8, a byte order mark in front of it skipped. Numbers keep their
 * digits where JavaScript would round them, members are own ones whatever their names. What no later stage could hold is
 * told by its place: a text with NUL or a lone surrogate, a member twice, a number out of range,
 * nesting beyond `maxDepth`. Nearly every text is read by `JSON.parse`.
 *
 * @throws {AppError} MALFORMED_BODY where the bytes are no UTF-8 or no JSON, or nested beyond all sense.
 */
export const readJson = (body: Buffer, bounds: Required<JsonBounds>): JsonReading => {
  if (!isUtf8(body)) throw malformed('The body is not valid UTF-8.');
  const json = withoutMark(body);
  const { members, depth, odd } = measureJson(json);
  if (depth > absurdDepth) throw malformed('The body is nested too deeply.');
  const text = json.toString('utf8');
  if (!odd && depth <= bounds.maxDepth) {
    const value: unknown = orMalformed(() => JSON.parse(text));
    if (membersIn(value) === members) return { value, faults: [] };
  }
  return orMalformed(() => new JsonParser(text, bounds).read());
};

/**
 * The value of {@link readJson} where nothing is at fault.
 *
 * @throws {AppError} MALFORMED_BODY, or INVALID_BODY with pointers where it is JSON.
 */
export const readSoundJson = (body: Buffer, bounds: Required<JsonBounds>): unknown => {
  const { value, faults } = readJson(body, bounds);
  if (faults.length === 0) return value;
  throw new AppError('INVALID_BODY', { message: 'The body has what no store can hold.', errors: faults });
};
