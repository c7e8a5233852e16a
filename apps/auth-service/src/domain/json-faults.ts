import type { Static, TSchema } from 'typebox';
import { Value } from 'typebox/value';

/** A value of `schema` in JSON text, or every fault with its JSON pointer; no fault holds a value. */
export const readJson = <Schema extends TSchema>(
  schema: Schema,
  text: string,
): { readonly value: Static<Schema> } | { readonly faults: readonly string[] } => {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { faults: [': is not JSON'] };
  }
  if (Value.Check(schema, value)) return { value };
  const faults = Value.Errors(schema, value).map(
    ({ instancePath, message }) => `${instancePath}: ${message}`,
  );
  return { faults: [...new Set(faults)] };
};
