import type { Contact } from '@contact-sync/domain';
import {
  acmeContactCreated,
  acmeContactDeleted,
  acmeContactUpdated,
  integrationContactCreated,
  integrationContactDeleted,
  integrationContactUpdated,
  type TopicContract,
  webhookQuarantine,
} from '../src/index.ts';

/** A value to keep with a released schema: `full` has every member, `minimal` only what must be there. */
type Sample = { readonly subject: string; readonly name: 'full' | 'minimal'; readonly record: unknown };

const samplesOf = <Value>(
  contract: TopicContract<Value>,
  full: NoInfer<Value>,
  minimal: NoInfer<Value>,
): Sample[] => [
  { subject: contract.subject, name: 'full', record: contract.toRecord(full) },
  { subject: contract.subject, name: 'minimal', record: contract.toRecord(minimal) },
];

const contactId = '0b2f6b6e-3f0a-5c57-9d0e-2a4c7c1b9e01';

const envelope = {
  eventId: 'evt_0001',
  occurredAt: '2026-11-23T07:00:00.123456+01:00',
  receivedAt: '2026-11-23T06:00:01.000Z',
  source: 'acmecrm' as const,
  contactId,
  sourceVersion: 7,
  extra: {},
};

const required = {
  id: 'acme-0001',
  acme_first_name: 'Zoë',
  acme_last_name: '李',
  acme_email: 'zoe@example.com',
  acme_version: 7,
};

const acmeContact = {
  ...required,
  acme_phone: '+1 415 555 0100',
  acme_company: 'Engines & Söhne',
  acme_title: 'Countess 👑',
  acme_address: '123 Main St, San Francisco, CA 94105, USA',
  acme_notes: 'line one\nline two',
  acme_status: 'Active' as const,
  acme_tags: ['vip', ''],
  acme_custom_fields: { score: 0.1, large: 1e21, member: true, note: '', '7': 'seven' },
  acme_created_at: '2020-02-29T00:00:00Z',
  acme_updated_at: '2026-11-23T07:00:00.123456+01:00',
};

const extra = { acme_score: { of: [1, null, 'x'] } };

const contact: Contact = {
  id: contactId,
  firstName: 'Zoë',
  lastName: '李',
  email: 'zoe@example.com',
  phone: '+14155550100',
  company: 'Engines & Söhne',
  title: 'Countess 👑',
  notes: 'line one\nline two',
  address: { street: '123 Main St', city: 'San Francisco', state: 'CA', zipCode: '94105', country: 'USA' },
  status: 'active',
  tags: ['vip', ''],
  customFields: { score: 0.1, large: 1e21, member: true, note: '', '7': 'seven' },
  source: 'acmecrm',
  sourceId: 'acme-0001',
  createdAt: '2020-02-29T00:00:00.000Z',
  updatedAt: '2026-11-23T06:00:02.000Z',
  deletedAt: '2026-11-23T06:00:02.000Z',
  version: Number.MAX_SAFE_INTEGER,
};

const { deletedAt: _, ...live } = contact;

const bare: Contact = {
  ...live,
  phone: null,
  company: null,
  title: null,
  notes: null,
  address: null,
  status: null,
  tags: [],
  customFields: {},
  source: 'api',
  sourceId: null,
  version: 1,
};

const integrationEvent = <const Type extends string>(eventType: Type, data: Contact) => ({
  eventId: 'c9a5e0de-6f5b-5b58-8a52-2d3f0a9f4c11',
  eventType,
  occurredAt: '2026-11-23T06:00:02.000Z',
  contactId,
  version: data.version,
  data,
});

const delivery = {
  quarantineId: '019aaf10-0000-7000-8000-000000000001',
  receivedAt: '2026-11-23T06:00:01.000Z',
  source: 'acmecrm',
  reason: 'INVALID_BODY' as const,
  errors: [],
  body: Buffer.alloc(0),
  headers: {},
};

/** A full and a minimal value of every contract, as records; the same in every run. */
export const samples: readonly Sample[] = [
  ...samplesOf(
    acmeContactCreated,
    { ...envelope, eventType: 'contact.created', data: acmeContact, extra },
    { ...envelope, eventType: 'contact.created', data: required },
  ),
  ...samplesOf(
    acmeContactUpdated,
    { ...envelope, eventType: 'contact.updated', data: acmeContact, extra },
    { ...envelope, eventType: 'contact.updated', data: required },
  ),
  ...samplesOf(
    acmeContactDeleted,
    { ...envelope, eventType: 'contact.deleted', data: { id: 'acme-0001', acme_version: 7 }, extra },
    { ...envelope, eventType: 'contact.deleted', data: { id: 'acme-0001', acme_version: 7 } },
  ),
  ...samplesOf(
    integrationContactCreated,
    integrationEvent('contact.created', live),
    integrationEvent('contact.created', bare),
  ),
  ...samplesOf(
    integrationContactUpdated,
    integrationEvent('contact.updated', live),
    integrationEvent('contact.updated', bare),
  ),
  ...samplesOf(
    integrationContactDeleted,
    { ...integrationEvent('contact.deleted', contact), erased: true },
    { ...integrationEvent('contact.deleted', bare), erased: false },
  ),
  ...samplesOf(
    webhookQuarantine,
    {
      ...delivery,
      errors: [
        { pointer: '/0/data/acme_email', detail: 'is missing', code: 'INVALID_EVENT' },
        { pointer: '', detail: 'has too many items' },
      ],
      body: Buffer.from([0x5b, 0x7b, 0xff, 0x00, 0x80]),
      itemIndex: 3,
      eventId: 'evt_0001',
      secretId: 'secret-2',
      headers: { 'content-type': 'application/json', 'user-agent': 'AcmeCRM/1' },
    },
    delivery,
  ),
];
