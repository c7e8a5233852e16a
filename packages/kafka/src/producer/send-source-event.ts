import type { SourceEvent } from '@contact-sync/domain';
import { acmeContactCreated, acmeContactDeleted, acmeContactUpdated } from '../contracts/acme-contact.ts';
import type { RecordHeaders } from '../contracts/topic-contract.ts';
import type { Receipt } from './outgoing.ts';
import type { Producer } from './producer.ts';

/**
 * Sends an event of AcmeCRM's on the topic of its type, keyed by contact (design section 2, "Topics"). Resolves and rejects
 * as {@link Producer.send}.
 */
export const sendSourceEvent = (
  producer: Pick<Producer, 'send'>,
  event: SourceEvent,
  headers: RecordHeaders = {},
): Promise<Receipt> => {
  switch (event.eventType) {
    case 'contact.created':
      return producer.send(acmeContactCreated, { value: { ...event, eventType: event.eventType }, headers });
    case 'contact.updated':
      return producer.send(acmeContactUpdated, { value: { ...event, eventType: event.eventType }, headers });
    case 'contact.deleted':
      return producer.send(acmeContactDeleted, { value: event, headers });
  }
};
