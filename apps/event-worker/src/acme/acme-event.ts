import {
  isDateTime,
  normalizeRecord,
  type SourceEvent,
  toSourceEvent,
  type WebhookEvent,
} from '@contact-sync/domain';
import type { AcmeDeleted, AcmeShown } from './acme-api.ts';

const isDeleted = (shown: AcmeShown | AcmeDeleted): shown is AcmeDeleted => shown['acme_deleted'] === true;

const timeOf = ({ acme_updated_at: time }: AcmeShown, now: string): string =>
  typeof time === 'string' && isDateTime(time) ? time : now;

/**
 * What AcmeCRM shows of a contact as an event inside the house, with its book-keeping in one spelling. Whether the record
 * is one is for the apply route to judge. `now` in milliseconds since the epoch.
 */
export const acmeEvent = (shown: AcmeShown | AcmeDeleted, eventId: string, now: number): SourceEvent => {
  const receivedAt = new Date(now).toISOString();
  const { id, acme_version } = shown;
  if (isDeleted(shown)) {
    const data = { id, acme_version };
    return toSourceEvent({ id: eventId, event: 'contact.deleted', timestamp: receivedAt, data }, receivedAt);
  }
  const data = normalizeRecord(shown);
  const event = acme_version === 1 ? 'contact.created' : 'contact.updated';
  const timestamp = timeOf({ ...data, id, acme_version }, receivedAt);
  return toSourceEvent({ id: eventId, event, timestamp, data } as WebhookEvent, receivedAt);
};
