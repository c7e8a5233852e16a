import type { ContactChange } from '@contact-sync/domain';
import {
  integrationContactCreated,
  integrationContactDeleted,
  integrationContactUpdated,
  type Producer,
} from '@contact-sync/kafka';
import { continueTrace } from '@contact-sync/service-kit';
import type { IntegrationEvents } from '../ports.ts';

const send = (producer: Pick<Producer, 'send'>, { contact, outgoing }: ContactChange) => {
  const event = {
    eventId: outgoing.eventId,
    occurredAt: contact.updatedAt,
    contactId: contact.id,
    version: contact.version,
    data: contact,
  };
  switch (outgoing.type) {
    case 'created':
      return producer.send(integrationContactCreated, { value: { ...event, eventType: 'contact.created' } });
    case 'updated':
      return producer.send(integrationContactUpdated, { value: { ...event, eventType: 'contact.updated' } });
    case 'deleted':
      return producer.send(integrationContactDeleted, {
        value: { ...event, eventType: 'contact.deleted', erased: outgoing.erased ?? false },
      });
  }
};

/** Changes on the integration topic of their type, keyed by contact (design rule 6). */
export const createKafkaIntegrationEvents = (producer: Pick<Producer, 'send'>): IntegrationEvents => ({
  publish: async (change) => {
    await continueTrace(change.traceparent, () => send(producer, change));
  },
});
