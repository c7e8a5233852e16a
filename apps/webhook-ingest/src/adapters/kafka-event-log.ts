import type { SourceEvent } from '@contact-sync/domain';
import {
  acmeContactCreated,
  acmeContactDeleted,
  acmeContactUpdated,
  type Producer,
} from '@contact-sync/kafka';
import type { EventLog } from '../ports.ts';

const send = (producer: Pick<Producer, 'send'>, event: SourceEvent, headers: Record<string, string>) => {
  switch (event.eventType) {
    case 'contact.created':
      return producer.send(acmeContactCreated, { value: { ...event, eventType: event.eventType }, headers });
    case 'contact.updated':
      return producer.send(acmeContactUpdated, { value: { ...event, eventType: event.eventType }, headers });
    case 'contact.deleted':
      return producer.send(acmeContactDeleted, { value: event, headers });
  }
};

/** Accepted events on the topic of their type, keyed by contact (design section 2, "Topics"). */
export const createKafkaEventLog = (producer: Pick<Producer, 'send'>): EventLog => ({
  publish: (event, { secretId }) => send(producer, event, { 'secret-id': secretId }),
});
