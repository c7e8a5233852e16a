import { exampleAcmeRecord, exampleContact, exampleWebhookEvent } from '../../../../examples.ts';
import type { EventFate } from './event-fate.ts';

const at = { topic: 'acme.contact.updated.v1', partition: 3, offset: '4711' };

/** An event that was sent twice, waited once, and then made a version. */
export const exampleEventFate: EventFate = {
  eventId: exampleWebhookEvent.id,
  contents: [
    {
      source: 'acmecrm',
      contactId: exampleContact.id,
      eventType: exampleWebhookEvent.event,
      sourceVersion: exampleAcmeRecord.acme_version,
      fate: 'applied',
      settledAt: '2026-11-24T09:30:02.120Z',
      version: exampleContact.version,
      knownFrom: 'record',
      received: [{ at: '2026-11-24T09:30:01.000Z', ...at, secretId: 'acme-1' }],
      duplicates: { count: 1, at: ['2026-11-24T09:30:31.000Z'] },
      attempts: [
        {
          at: '2026-11-24T09:30:01.020Z',
          ...at,
          outcome: 'retry',
          fault: { stage: 'apply', code: 'CONFLICT' },
        },
        {
          at: '2026-11-24T09:30:02.120Z',
          topic: 'contact-sync.retry.1s',
          partition: 3,
          offset: '17',
          outcome: 'applied',
          version: exampleContact.version,
        },
      ],
      replays: [],
    },
  ],
};
