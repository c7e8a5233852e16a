import type { Delivery } from './delivery.ts';

/** A header's one text, or why there is no such text. */
export type HeaderReading =
  | { readonly state: 'one'; readonly text: string }
  | { readonly state: 'missing' }
  | { readonly state: 'unusable' };

const missing: HeaderReading = { state: 'missing' };
const unusable: HeaderReading = { state: 'unusable' };

/** Reads a header that must stand exactly once and within `maxLength`. `name` is in lower case. */
export const readHeader = (delivery: Delivery, name: string, maxLength: number): HeaderReading => {
  const value = delivery.headers[name];
  if (value === undefined) return missing;
  const text = typeof value === 'string' ? value : onlyOf(value);
  if (typeof text !== 'string' || text.length > maxLength || isRepeated(delivery, name)) return unusable;
  return text === '' ? missing : { state: 'one', text };
};

const onlyOf = (values: readonly string[]): string | undefined =>
  Array.isArray(values) && values.length === 1 ? values[0] : undefined;

const isRepeated = ({ rawHeaders = [] }: Delivery, name: string): boolean => {
  let count = 0;
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const raw = rawHeaders[index];
    if (raw?.length === name.length && raw.toLowerCase() === name) count += 1;
  }
  return count > 1;
};
