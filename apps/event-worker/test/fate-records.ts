import type { FateRecord } from '../src/fates/fate-record.ts';

/** A record of one applied event; `changes` say what is otherwise. */
export const fateRecord = (changes: Partial<FateRecord> = {}): FateRecord => ({
  eventId: 'evt_1',
  content: 'content-1',
  at: Date.parse('2026-11-24T09:30:01.020Z'),
  contactId: '7f6b1c1e-50a4-5c7b-9a55-0a3f1d2c4b6e',
  eventType: 'contact.updated',
  sourceVersion: 7,
  receivedAt: '2026-11-24T09:30:01.000Z',
  secretId: 'acme-1',
  origin: { topic: 'acme.contact.updated.v1', partition: 3, offset: '4711' },
  outcome: 'applied',
  version: 3,
  ...changes,
});
