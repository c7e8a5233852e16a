import { Compile } from 'typebox/compile';
import { AcmeContact, AcmeDeletion } from './acme-contact.ts';
import type { EventFault } from './decision.ts';
import { contactIdOfAcme } from './identity.ts';
import type { SourceEnvelope, SourceEvent } from './source-event.ts';

const record = Compile(AcmeContact);
const deletion = Compile(AcmeDeletion);

type SchemaError = ReturnType<typeof record.Errors>[number];

const invalid = (pointer: string): EventFault => ({
  kind: 'fault',
  code: 'INVALID_EVENT',
  retryable: false,
  pointer,
});

/** A missing member is told of its parent; the caller is better served with the member itself. */
const pointerOf = (error: SchemaError | undefined): string => {
  if (error === undefined) return '';
  const missing = error.keyword === 'required' ? error.params.requiredProperties[0] : undefined;
  return missing === undefined ? error.instancePath : `${error.instancePath}/${missing}`;
};

/** Judges an event's data: its schema by type, and that it speaks of the contact and the version that the envelope names. */
export const readSourceEvent = (
  envelope: SourceEnvelope,
): { readonly kind: 'event'; readonly event: SourceEvent } | EventFault => {
  const schema = envelope.eventType === 'contact.deleted' ? deletion : record;
  const data: unknown = envelope.data;
  if (!schema.Check(data)) return invalid(`/data${pointerOf(schema.Errors(data)[0])}`);
  if (envelope.sourceVersion !== data.acme_version) return invalid('/sourceVersion');
  if (envelope.contactId !== contactIdOfAcme(data.id)) return invalid('/contactId');
  // The data is now what the type says.
  return { kind: 'event', event: envelope as SourceEvent };
};
