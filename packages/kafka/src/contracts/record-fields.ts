import { AppError, parseJson } from '@contact-sync/domain';

/** Absent and null members become Avro's null. */
export const orNull = <T>(value: T | null | undefined): T | null => value ?? null;

type WithoutNulls<T> = { [Key in keyof T as null extends T[Key] ? never : Key]: T[Key] } & {
  [Key in keyof T as null extends T[Key] ? Key : never]?: NonNullable<T[Key]>;
};

/** Leaves null members out: absent and null mean the same, and absent is what most senders send. */
export const withoutNulls = <T extends object>(record: T): WithoutNulls<T> =>
  Object.fromEntries(Object.entries(record).filter(([, value]) => value !== null)) as WithoutNulls<T>;

/** One of the allowed literals, or AppError UNDECODABLE that names the place and not the value. */
export const oneOf = <const T extends string>(allowed: readonly T[], value: string, pointer: string): T => {
  const match = allowed.find((literal) => literal === value);
  if (match !== undefined) return match;
  throw new AppError('UNDECODABLE', {
    message: 'The record holds a value that this version does not know',
    errors: [{ pointer, detail: `must be one of ${allowed.join(', ')}` }],
  });
};

type JsonObject = Record<string, unknown>;

/** The JSON of the members, or null when there are none. Lone surrogates survive as escapes. */
export const jsonTextOrNull = (members: JsonObject): string | null =>
  Object.keys(members).length === 0 ? null : JSON.stringify(members);

/** The way back of {@link jsonTextOrNull}. Throws AppError UNDECODABLE when the text is no JSON object. */
export const jsonObject = (text: string | null, pointer: string): JsonObject => {
  if (text === null) return {};
  try {
    const parsed = parseJson(text);
    if (typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed)) return parsed as JsonObject;
  } catch {
    // Answered below, without the parser's message: it quotes the text.
  }
  throw new AppError('UNDECODABLE', {
    message: 'The record holds a text that is no JSON object',
    errors: [{ pointer, detail: 'must be a JSON object' }],
  });
};
