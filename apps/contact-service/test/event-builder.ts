import { type AcmeContact, contactIdOfAcme, type SourceEvent } from '@contact-sync/domain';

export type Told = Partial<AcmeContact> & { readonly id: string; readonly acme_version: number };

let told = 0;

const head = ({ id, acme_version }: Told, eventId: string | undefined) => {
  told += 1;
  return {
    eventId: eventId ?? `evt_${told}`,
    occurredAt: '2026-01-01T00:00:00.000Z',
    receivedAt: '2026-01-01T00:00:01.000Z',
    source: 'acmecrm' as const,
    contactId: contactIdOfAcme(id),
    sourceVersion: acme_version,
    extra: {},
  };
};

/** AcmeCRM tells of a contact's whole record; what is not given is plain. */
export const updated = (told: Told, eventId?: string): SourceEvent => ({
  ...head(told, eventId),
  eventType: 'contact.updated',
  data: { acme_first_name: 'Ada', acme_last_name: 'Lovelace', acme_email: 'ada@example.com', ...told },
});

/** AcmeCRM tells that a contact is gone. */
export const deleted = (told: Told, eventId?: string): SourceEvent => ({
  ...head(told, eventId),
  eventType: 'contact.deleted',
  data: { id: told.id, acme_version: told.acme_version },
});
