import { type Producer, sendSourceEvent } from '@contact-sync/kafka';
import type { EventLog } from '../ports.ts';

/** Accepted events on the topic of their type, keyed by contact (design section 2, "Topics"). */
export const createKafkaEventLog = (producer: Pick<Producer, 'send'>): EventLog => ({
  publish: (event, { secretId }) => sendSourceEvent(producer, event, { 'secret-id': secretId }),
});
