import type { AcmeContact, SourceDeletion, SourceUpsert } from '@contact-sync/domain';
import {
  type AcmeContactCreatedV1,
  acmeContactCreatedV1Schema,
} from '../generated/acme-contact-created-v1.ts';
import {
  type AcmeContactDeletedV1,
  acmeContactDeletedV1Schema,
} from '../generated/acme-contact-deleted-v1.ts';
import {
  type AcmeContactUpdatedV1,
  acmeContactUpdatedV1Schema,
} from '../generated/acme-contact-updated-v1.ts';
import { jsonObject, jsonTextOrNull, oneOf, orNull, withoutNulls } from './record-fields.ts';
import { defineContract } from './topic-contract.ts';

type Typed<Event, Type extends string> = Omit<Event, 'eventType'> & { eventType: Type };

/** The values of the three topics of AcmeCRM's events; together they are domain's SourceEvent. */
export type AcmeContactCreated = Typed<SourceUpsert, 'contact.created'>;
export type AcmeContactUpdated = Typed<SourceUpsert, 'contact.updated'>;
export type AcmeContactDeleted = Typed<SourceDeletion, 'contact.deleted'>;

type Envelope = Omit<AcmeContactDeleted, 'eventType' | 'data'> & { eventType: string };
type EnvelopeRecord = Omit<AcmeContactDeletedV1, 'data'>;
type ContactRecord = AcmeContactCreatedV1['data'];

const keyOf = (event: Envelope) => event.contactId;
const headersOf = (event: Envelope) => ({ 'event-id': event.eventId, 'event-type': event.eventType });

const envelopeToRecord = (event: Envelope): EnvelopeRecord => ({
  eventId: event.eventId,
  eventType: event.eventType,
  occurredAt: event.occurredAt,
  receivedAt: event.receivedAt,
  source: event.source,
  contactId: event.contactId,
  sourceVersion: event.sourceVersion,
  extra: jsonTextOrNull(event.extra),
});

const envelopeFromRecord = <const Type extends string>(record: EnvelopeRecord, type: Type) => ({
  eventId: record.eventId,
  eventType: oneOf([type], record.eventType, '/eventType'),
  occurredAt: record.occurredAt,
  receivedAt: record.receivedAt,
  source: oneOf(['acmecrm'], record.source, '/source'),
  contactId: record.contactId,
  sourceVersion: record.sourceVersion,
  extra: jsonObject(record.extra, '/extra'),
});

const contactToRecord = (contact: AcmeContact): ContactRecord => ({
  id: contact.id,
  acme_first_name: contact.acme_first_name,
  acme_last_name: contact.acme_last_name,
  acme_email: contact.acme_email,
  acme_phone: orNull(contact.acme_phone),
  acme_company: orNull(contact.acme_company),
  acme_title: orNull(contact.acme_title),
  acme_address: orNull(contact.acme_address),
  acme_notes: orNull(contact.acme_notes),
  acme_status: orNull(contact.acme_status),
  acme_tags: orNull(contact.acme_tags),
  acme_custom_fields: orNull(contact.acme_custom_fields),
  acme_created_at: orNull(contact.acme_created_at),
  acme_updated_at: orNull(contact.acme_updated_at),
  acme_version: contact.acme_version,
});

const contactFromRecord = ({ acme_status: status, ...record }: ContactRecord): AcmeContact => ({
  ...withoutNulls(record),
  ...(status === null
    ? {}
    : { acme_status: oneOf(['Active', 'Inactive', 'Lead'], status, '/data/acme_status') }),
});

export const acmeContactCreated = defineContract<AcmeContactCreated, AcmeContactCreatedV1>({
  topic: 'acme.contact.created.v1',
  schema: acmeContactCreatedV1Schema,
  keyOf,
  headersOf,
  toRecord: (event) => ({ ...envelopeToRecord(event), data: contactToRecord(event.data) }),
  fromRecord: (record) => ({
    ...envelopeFromRecord(record, 'contact.created'),
    data: contactFromRecord(record.data),
  }),
});

export const acmeContactUpdated = defineContract<AcmeContactUpdated, AcmeContactUpdatedV1>({
  topic: 'acme.contact.updated.v1',
  schema: acmeContactUpdatedV1Schema,
  keyOf,
  headersOf,
  toRecord: (event) => ({ ...envelopeToRecord(event), data: contactToRecord(event.data) }),
  fromRecord: (record) => ({
    ...envelopeFromRecord(record, 'contact.updated'),
    data: contactFromRecord(record.data),
  }),
});

/** Carries id and version of the data and nothing else: whatever more a delete brings is ignored (design rule 3). */
export const acmeContactDeleted = defineContract<AcmeContactDeleted, AcmeContactDeletedV1>({
  topic: 'acme.contact.deleted.v1',
  schema: acmeContactDeletedV1Schema,
  keyOf,
  headersOf,
  toRecord: (event) => ({
    ...envelopeToRecord(event),
    data: { id: event.data.id, acme_version: event.data.acme_version },
  }),
  fromRecord: (record) => ({
    ...envelopeFromRecord(record, 'contact.deleted'),
    data: { id: record.data.id, acme_version: record.data.acme_version },
  }),
});
