import { compileCheck } from '@contact-sync/domain';
import type { Static, TSchema } from 'typebox';

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
  const faults = compileCheck(schema)(value);
  if (faults.length === 0) return { value: value as Static<Schema> };
  return { faults: faults.map(({ pointer, detail }) => `${pointer}: ${detail}`) };
};
