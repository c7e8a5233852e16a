import { type Producer, sendSourceEvent } from '@contact-sync/kafka';
import type { PublishEvents } from '../../sweep/ports.ts';

/** Events on the topics that AcmeCRM's webhooks come by. */
export const createEventPublisher =
  (producer: Pick<Producer, 'send'>): PublishEvents =>
  async (events) => {
    await Promise.all(events.map((event) => sendSourceEvent(producer, event)));
  };
