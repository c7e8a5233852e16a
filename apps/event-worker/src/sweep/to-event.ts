import { hash } from 'node:crypto';
import {
  AcmeContact,
  AcmeDeletion,
  compileCheck,
  EventId,
  limits,
  type SourceEvent,
} from '@contact-sync/domain';
import { acmeEvent } from '../acme/acme-event.ts';
import { isDeleted, type ListedRecord } from './compare.ts';

const checkContact = compileCheck(AcmeContact);
const checkDeletion = compileCheck(AcmeDeletion);
const checkId = compileCheck(EventId);

/** `sweep:<id>:<version>`, the same at each sweep; of an id that leaves no room for the rest its hash stands there. */
const eventIdOf = ({ id, acme_version: version }: ListedRecord): string => {
  const plain = `sweep:${id}:${version}`;
  return checkId(plain).length === 0
    ? plain
    : `sweep:${hash('sha256', id)}:${version}`.slice(0, limits.idLength);
};

/** The event that AcmeCRM's webhook would have been, or the pointer to what makes it none. `now` in ms since the epoch. */
export const toSweepEvent = (
  record: ListedRecord,
  now: number,
): { readonly event: SourceEvent } | { readonly pointer: string } => {
  const event = acmeEvent(record, eventIdOf(record), now);
  const [fault] = isDeleted(record) ? checkDeletion(event.data) : checkContact(event.data);
  return fault ? { pointer: fault.pointer } : { event };
};
