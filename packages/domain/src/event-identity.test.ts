import { expect, it } from 'vitest';
import { upsert } from '../test/acme-events.ts';
import { eventIdentity } from './event-identity.ts';

it('is the same for a second delivery of one event, and another for any other content', () => {
  const event = upsert(1);
  expect(eventIdentity(event)).toMatch(/^[\w-]{43}$/);
  expect(eventIdentity({ ...event, receivedAt: '2030-01-01T00:00:00.000Z' })).toBe(eventIdentity(event));
  expect(eventIdentity({ ...event, extra: { acme_mood: 'good' } })).not.toBe(eventIdentity(event));
  expect(eventIdentity({ ...event, eventId: 'evt_other' })).not.toBe(eventIdentity(event));
});
