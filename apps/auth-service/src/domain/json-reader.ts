import { compileCheck } from '@contact-sync/domain';
import type { Static, TSchema } from 'typebox';

export type JsonReader<Value> = (
  text: string,
) => { readonly value: Value } | { readonly faults: readonly string[] };

/** Reads a value of `schema` in JSON text, or its faults as {@link compileCheck} tells them; no fault holds a value. */
export const createJsonReader = <Schema extends TSchema>(schema: Schema): JsonReader<Static<Schema>> => {
  const check = compileCheck(schema);
  return (text) => {
    let value: unknown;
    try {
      value = JSON.parse(text);
    } catch {
      return { faults: [': is not JSON'] };
    }
    const faults = check(value);
    if (faults.length === 0) return { value: value as Static<Schema> };
    return { faults: faults.map(({ pointer, detail }) => `${pointer}: ${detail}`) };
  };
};
