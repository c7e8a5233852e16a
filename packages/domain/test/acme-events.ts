import { type AcmeContact, contactIdOfAcme, type SourceDeletion, type SourceUpsert } from '../src/index.ts';

export const acmeId = 'acme-1';
export const contactId = contactIdOfAcme(acmeId);

const at = '2026-03-01T10:00:00.000Z';

type UpsertOptions = {
  readonly eventId?: string;
  readonly extra?: Readonly<Record<string, unknown>>;
};

/** A full record of the one contact that these tests tell about. */
export const upsert = (
  version: number,
  data: Partial<AcmeContact> = {},
  { eventId = `evt_${version}`, extra = {} }: UpsertOptions = {},
): SourceUpsert => ({
  eventId,
  eventType: version === 1 ? 'contact.created' : 'contact.updated',
  occurredAt: at,
  receivedAt: at,
  source: 'acmecrm',
  contactId,
  sourceVersion: version,
  extra: { ...extra },
  data: {
    id: acmeId,
    acme_first_name: 'Ada',
    acme_last_name: 'Lovelace',
    acme_email: 'ada@example.com',
    ...data,
    acme_version: version,
  },
});

export const deletion = (version: number, eventId = `evt_${version}_deleted`): SourceDeletion => ({
  eventId,
  eventType: 'contact.deleted',
  occurredAt: at,
  receivedAt: at,
  source: 'acmecrm',
  contactId,
  sourceVersion: version,
  extra: {},
  data: { id: acmeId, acme_version: version },
});
