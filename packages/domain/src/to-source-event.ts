import { acmeContactMembers } from './acme-contact.ts';
import { contactIdOfAcme } from './identity.ts';
import { setOwnMember } from './own-member.ts';
import type { SourceEvent } from './source-event.ts';
import type { WebhookEvent } from './webhook-event.ts';

/** Known members in `data`, the rest in `extra`, as the envelope of design section 2 has it. */
const split = (record: object) => {
  const data: Record<string, unknown> = {};
  const extra: Record<string, unknown> = {};
  for (const [member, value] of Object.entries(record)) {
    setOwnMember(acmeContactMembers.has(member) ? data : extra, member, value);
  }
  return { data, extra };
};

/** A webhook event as it travels inside the house. `receivedAt` is ISO 8601. */
export const toSourceEvent = (event: WebhookEvent, receivedAt: string): SourceEvent => {
  const head = {
    eventId: event.id,
    occurredAt: event.timestamp,
    receivedAt,
    source: 'acmecrm' as const,
    contactId: contactIdOfAcme(event.data.id),
    sourceVersion: event.data.acme_version,
  };
  if (event.event === 'contact.deleted') {
    const { id, acme_version } = event.data;
    return { ...head, eventType: event.event, data: { id, acme_version }, extra: {} };
  }
  const { data, extra } = split(event.data);
  return { ...head, eventType: event.event, data: data as typeof event.data, extra };
};
