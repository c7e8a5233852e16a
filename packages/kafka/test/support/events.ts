import { randomUUID } from 'node:crypto';
import type { AcmeContactCreated } from '../../src/index.ts';

/** A created event of a contact of its own, at version 1. */
export const createdEvent = (change: Partial<AcmeContactCreated> = {}): AcmeContactCreated => ({
  eventId: `evt_${randomUUID()}`,
  eventType: 'contact.created',
  occurredAt: '2026-11-23T07:00:00.000Z',
  receivedAt: '2026-11-23T07:00:01.000Z',
  source: 'acmecrm',
  contactId: randomUUID(),
  sourceVersion: 1,
  data: {
    id: 'acme-1',
    acme_first_name: 'Ada',
    acme_last_name: 'Lovelace',
    acme_email: 'ada@example.com',
    acme_version: 1,
  },
  extra: {},
  ...change,
});
