import { Compile } from 'typebox/compile';
import type { EventFault } from './decision.ts';
import { contactIdOfAcme } from './identity.ts';
import { SourceDeletion, type SourceEnvelope, type SourceEvent, SourceUpsert } from './source-event.ts';

const upsert = Compile(SourceUpsert);
const deletion = Compile(SourceDeletion);

type SchemaError = ReturnType<typeof upsert.Errors>[number];

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

/** Judges an event whole: its schema by type, and that it speaks of the contact and the version that it names. */
export const readSourceEvent = (
  envelope: SourceEnvelope,
): { readonly kind: 'event'; readonly event: SourceEvent } | EventFault => {
  const schema = envelope.eventType === 'contact.deleted' ? deletion : upsert;
  const candidate: unknown = envelope;
  if (!schema.Check(candidate)) return invalid(pointerOf(schema.Errors(candidate)[0]));
  if (candidate.sourceVersion !== candidate.data.acme_version) return invalid('/sourceVersion');
  if (candidate.contactId !== contactIdOfAcme(candidate.data.id)) return invalid('/contactId');
  return { kind: 'event', event: candidate };
};
