import type { Contact } from '@contact-sync/domain';
import {
  type IntegrationContactCreatedV1,
  integrationContactCreatedV1Schema,
} from '../generated/integration-contact-created-v1.ts';
import {
  type IntegrationContactDeletedV1,
  integrationContactDeletedV1Schema,
} from '../generated/integration-contact-deleted-v1.ts';
import {
  type IntegrationContactUpdatedV1,
  integrationContactUpdatedV1Schema,
} from '../generated/integration-contact-updated-v1.ts';
import { oneOf, orNull } from './record-fields.ts';
import { defineContract } from './topic-contract.ts';

/** What the integration store tells the world: a contact, whole, at the version that the change made (design rule 6). */
export type IntegrationEvent<Type extends string> = {
  eventId: string;
  eventType: Type;
  /** RFC 3339. */
  occurredAt: string;
  contactId: string;
  version: number;
  data: Contact;
};
export type IntegrationContactCreated = IntegrationEvent<'contact.created'>;
export type IntegrationContactUpdated = IntegrationEvent<'contact.updated'>;
/** `erased` tells of a contact that is gone for good: its data are empty, and what is kept of it elsewhere is to be deleted. */
export type IntegrationContactDeleted = IntegrationEvent<'contact.deleted'> & { erased: boolean };

// The schemas differ in the name of the record, and in the mark of those that are erased.
type EventRecord = IntegrationContactCreatedV1 & IntegrationContactUpdatedV1;
type ContactRecord = EventRecord['data'];

const contactToRecord = (contact: Contact): ContactRecord => ({
  ...contact,
  deletedAt: orNull(contact.deletedAt),
});

const contactFromRecord = ({ address, status, source, deletedAt, ...record }: ContactRecord): Contact => ({
  ...record,
  address: address === null ? null : { ...address },
  status: status === null ? null : oneOf(['active', 'inactive', 'lead'], status, '/data/status'),
  source: oneOf(['acmecrm', 'api'], source, '/data/source'),
  ...(deletedAt === null ? {} : { deletedAt }),
});

const eventFromRecord = <const Type extends string>(
  record: EventRecord,
  eventType: Type,
): IntegrationEvent<Type> => ({
  eventId: record.eventId,
  eventType: oneOf([eventType], record.eventType, '/eventType'),
  occurredAt: record.occurredAt,
  contactId: record.contactId,
  version: record.version,
  data: contactFromRecord(record.data),
});

const keyAndHeaders = {
  keyOf: (event: IntegrationEvent<string>) => event.contactId,
  headersOf: (event: IntegrationEvent<string>) => ({
    'event-id': event.eventId,
    'event-type': event.eventType,
  }),
};

const defineIntegrationContract = <const Type extends string>(
  topic: string,
  schema: object,
  eventType: Type,
) =>
  defineContract<IntegrationEvent<Type>, EventRecord>({
    topic,
    schema,
    ...keyAndHeaders,
    toRecord: (event) => ({ ...event, data: contactToRecord(event.data) }),
    fromRecord: (record) => eventFromRecord(record, eventType),
  });

export const integrationContactCreated = defineIntegrationContract(
  'integration.contact.created.v1',
  integrationContactCreatedV1Schema,
  'contact.created',
);

export const integrationContactUpdated = defineIntegrationContract(
  'integration.contact.updated.v1',
  integrationContactUpdatedV1Schema,
  'contact.updated',
);

export const integrationContactDeleted = defineContract<
  IntegrationContactDeleted,
  IntegrationContactDeletedV1
>({
  topic: 'integration.contact.deleted.v1',
  schema: integrationContactDeletedV1Schema,
  ...keyAndHeaders,
  toRecord: (event) => ({ ...event, data: contactToRecord(event.data) }),
  fromRecord: (record) => ({ ...eventFromRecord(record, 'contact.deleted'), erased: record.erased }),
});
