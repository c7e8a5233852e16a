import { AcmeContact, AcmeDeletion } from './acme-contact.ts';
import type { EventFault } from './decision.ts';
import { contactIdOfAcme } from './identity.ts';
import { compileCheck } from './schema/compile-check.ts';
import type { SourceEnvelope, SourceEvent } from './source-event.ts';

const checkRecord = compileCheck(AcmeContact);
const checkDeletion = compileCheck(AcmeDeletion);

const invalid = (pointer: string): EventFault => ({
  kind: 'fault',
  code: 'INVALID_EVENT',
  retryable: false,
  pointer,
});

/** Judges an event's data: its schema by type, and that it speaks of the contact and the version that the envelope names. */
export const readSourceEvent = (
  envelope: SourceEnvelope,
): { readonly kind: 'event'; readonly event: SourceEvent } | EventFault => {
  const check = envelope.eventType === 'contact.deleted' ? checkDeletion : checkRecord;
  const [fault] = check(envelope.data);
  if (fault) return invalid(`/data${fault.pointer}`);
  // The data is now what the type says.
  const event = envelope as SourceEvent;
  if (event.sourceVersion !== event.data.acme_version) return invalid('/sourceVersion');
  if (event.contactId !== contactIdOfAcme(event.data.id)) return invalid('/contactId');
  return { kind: 'event', event };
};
