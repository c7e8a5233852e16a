/** Values that documents show and tests hold against the schemas; no real person. */

export const exampleContactId = '7f6b1c1e-50a4-5c7b-9a55-0a3f1d2c4b6e';

export const exampleFields = {
  firstName: 'Ada',
  lastName: 'Lovelace',
  email: 'ada@example.com',
  phone: '+14155552671',
  company: 'Analytical Engines',
  title: 'Countess',
  notes: null,
  address: {
    street: '123 Main St',
    city: 'San Francisco',
    state: 'CA',
    zipCode: '94105',
    country: 'USA',
  },
  status: 'lead',
  tags: ['vip'],
  customFields: { lead_score: 42 },
} as const;

export const exampleContact = {
  id: exampleContactId,
  ...exampleFields,
  source: 'acmecrm',
  sourceId: 'acme-ada',
  createdAt: '2026-11-20T08:00:00.000Z',
  updatedAt: '2026-11-24T09:30:00.000Z',
  version: 3,
} as const;

export const exampleAcmeRecord = {
  id: 'acme-ada',
  acme_first_name: 'Ada',
  acme_last_name: 'Lovelace',
  acme_email: 'ada@example.com',
  acme_phone: '(415) 555-2671',
  acme_company: 'Analytical Engines',
  acme_title: 'Countess',
  acme_address: '123 Main St, San Francisco, CA 94105, USA',
  acme_status: 'Lead',
  acme_tags: ['vip'],
  acme_custom_fields: { lead_score: 42 },
  acme_created_at: '2026-11-20T08:00:00Z',
  acme_updated_at: '2026-11-24T09:30:00Z',
  acme_version: 7,
} as const;

export const exampleWebhookEvent = {
  id: 'evt_0001',
  event: 'contact.updated',
  timestamp: '2026-11-24T09:30:00Z',
  data: exampleAcmeRecord,
} as const;

export const exampleMappingId = '9c1185a5c5e9fc54612808977ee8f548b2258d31';

export const exampleToken = 'eyJhbGciOiJFUzI1NiIsInR5cCI6ImF0K2p3dCJ9.e30.c2lnbmF0dXJl';
