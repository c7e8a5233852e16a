import { type ContactChange, parseJson } from '@contact-sync/domain';
import type { TracedChange } from '../../ports.ts';

/** A change as the fields of its entry in the outbox's stream. */
export const toOutboxFields = (
  { contact, outgoing }: ContactChange,
  traceparent?: string,
): [string, string, ...string[]] => {
  const change = JSON.stringify({ contact, outgoing });
  return traceparent === undefined ? ['change', change] : ['change', change, 'traceparent', traceparent];
};

/** The way back from {@link toOutboxFields}. */
export const fromOutboxFields = ([, change = '', , traceparent]: readonly string[]): TracedChange => {
  const read = parseJson(change) as ContactChange;
  return traceparent === undefined ? read : { ...read, traceparent };
};
