import { type Arrival, writtenOf } from '../arrival.ts';
import { sameValue, slotValue } from '../field-slots.ts';

/**
 * Whether an event shows every field that was sent as AcmeCRM had it before: then the write was not done, or has changed
 * nothing that it could answer with another value. Of a create, which makes a record, never.
 */
export const isTraceless = (arrival: Arrival): boolean => {
  const { mirror, content, mapping } = arrival;
  const sent = writtenOf(arrival);
  const known = mirror?.taken() ?? null;
  if (sent === null || known === null || content.deleted) return false;
  const [before, after] = [known.record, content.record].map((record) => mapping.toContact(record).contact);
  if (before === undefined || after === undefined) return false;
  return Object.keys(sent.slots).every((slot) => sameValue(slotValue(before, slot), slotValue(after, slot)));
};
