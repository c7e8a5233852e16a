import type { SourceEvent } from '@contact-sync/domain';
import {
  type AcmeContactCreated,
  type AcmeContactUpdated,
  acmeContactCreated,
  acmeContactDeleted,
  acmeContactUpdated,
} from '../contracts/acme-contact.ts';
import {
  type IntegrationContactCreated,
  type IntegrationContactDeleted,
  type IntegrationContactUpdated,
  integrationContactCreated,
  integrationContactDeleted,
  integrationContactUpdated,
} from '../contracts/integration-contact.ts';
import type { RecordHeaders } from '../contracts/topic-contract.ts';
import type { Receipt } from './outgoing.ts';
import type { Producer } from './producer.ts';

type Sender = Pick<Producer, 'send'>;

/** Sends an event of AcmeCRM to the topic of its type; as {@link Producer.send}. */
export const sendSourceEvent = (
  producer: Sender,
  event: SourceEvent,
  headers: RecordHeaders = {},
): Promise<Receipt> => {
  if (event.eventType === 'contact.deleted') {
    return producer.send(acmeContactDeleted, { value: event, headers });
  }
  // The two share one type in domain, which a look at the member does not narrow.
  return event.eventType === 'contact.created'
    ? producer.send(acmeContactCreated, { value: event as AcmeContactCreated, headers })
    : producer.send(acmeContactUpdated, { value: event as AcmeContactUpdated, headers });
};

/** Sends an event of the integration store to the topic of its type; as {@link Producer.send}. */
export const sendIntegrationEvent = (
  producer: Sender,
  event: IntegrationContactCreated | IntegrationContactUpdated | IntegrationContactDeleted,
  headers: RecordHeaders = {},
): Promise<Receipt> => {
  switch (event.eventType) {
    case 'contact.created':
      return producer.send(integrationContactCreated, { value: event, headers });
    case 'contact.updated':
      return producer.send(integrationContactUpdated, { value: event, headers });
    case 'contact.deleted':
      return producer.send(integrationContactDeleted, { value: event, headers });
  }
};
