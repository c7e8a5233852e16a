import { contactIdOfAcme, type SourceEvent } from '@contact-sync/domain';
import type { RecordOutcome, RecordRoute } from '@contact-sync/kafka';
import { expect, it } from 'vitest';
import { toFateRecord } from './to-fate-record.ts';

const event: SourceEvent = {
  eventId: 'evt_1',
  eventType: 'contact.deleted',
  occurredAt: '2026-01-01T00:00:00Z',
  receivedAt: '2026-01-01T00:00:01Z',
  source: 'acmecrm',
  contactId: contactIdOfAcme('7'),
  sourceVersion: 4,
  extra: {},
  data: { id: '7', acme_version: 4 },
};

const origin = { topic: 'acme.contact.deleted.v1', partition: 2, offset: '17', timestamp: 1 };

const outcomeOf = (
  route: RecordRoute,
  changes: Partial<RecordOutcome<SourceEvent>> = {},
): RecordOutcome<SourceEvent> => ({
  position: origin,
  origin,
  key: event.contactId,
  headers: { 'event-id': 'evt_1', 'secret-id': 'acme-1' },
  value: event,
  attempt: 1,
  at: 1_700_000_000_000,
  route,
  ...changes,
});

/** The outcome of a record of which nothing could be read. */
const undecoded = (route: RecordRoute, headers: Record<string, string>) => {
  const { value: _, ...rest } = outcomeOf(route, { headers });
  return rest;
};

const failure = {
  stage: 'apply',
  code: 'VERSION_CONFLICT',
  pointer: '/data/acme_version',
  fingerprint: 'f',
} as const;
const letter: RecordRoute = { kind: 'letter', topic: 'dlt', failure };

it('keeps of an applied event its ids, where it stands, who verified it and the version that it made', () => {
  expect(toFateRecord(outcomeOf({ kind: 'done', fate: 'applied', version: 3 }))).toEqual({
    eventId: 'evt_1',
    content: expect.stringMatching(/^[\w-]{43}$/),
    at: 1_700_000_000_000,
    contactId: event.contactId,
    eventType: 'contact.deleted',
    sourceVersion: 4,
    receivedAt: '2026-01-01T00:00:01Z',
    secretId: 'acme-1',
    origin: { topic: 'acme.contact.deleted.v1', partition: 2, offset: '17' },
    outcome: 'applied',
    version: 3,
  });
});

it('gives two deliveries of one event one content, and other content under the id another', () => {
  const contentOf = (value: SourceEvent) =>
    toFateRecord(outcomeOf({ kind: 'done', fate: 'applied' }, { value }))?.content;
  expect(contentOf({ ...event, receivedAt: '2026-01-02T00:00:00Z' })).toBe(contentOf(event));
  expect(contentOf({ ...event, occurredAt: '2026-01-02T00:00:00Z' })).not.toBe(contentOf(event));
});

it('says of a record on a tier where it was read, what was wrong, and which replay brought it', () => {
  const position = { topic: 'contact-sync.retry.1s', partition: 0, offset: '5', timestamp: 2 };
  const tier: RecordRoute = { kind: 'tier', topic: 'contact-sync.retry.5s', dueAt: 3, failure };
  expect(toFateRecord(outcomeOf(tier, { position, replay: { id: 'r1', count: 1 } }))).toMatchObject({
    origin: { offset: '17' },
    place: { topic: 'contact-sync.retry.1s', partition: 0, offset: '5' },
    outcome: 'retry',
    fault: { stage: 'apply', code: 'VERSION_CONFLICT', pointer: '/data/acme_version' },
    replayId: 'r1',
  });
});

it('knows a dead letter that could not be decoded by its header and its place alone', () => {
  expect(toFateRecord(undecoded(letter, { 'event-id': 'evt_9', 'secret-id': 'acme-1' }))).toEqual({
    eventId: 'evt_9',
    content: 'acme.contact.deleted.v1/2/17',
    at: 1_700_000_000_000,
    secretId: 'acme-1',
    origin: { topic: 'acme.contact.deleted.v1', partition: 2, offset: '17' },
    outcome: 'dead_letter',
    fault: { stage: 'apply', code: 'VERSION_CONFLICT', pointer: '/data/acme_version' },
  });
});

it('keeps nothing of a record that nobody could ask for, or that came to no fate', () => {
  expect(toFateRecord(undecoded(letter, {}))).toBeUndefined();
  expect(toFateRecord(undecoded(letter, { 'event-id': '' }))).toBeUndefined();
  expect(toFateRecord(undecoded(letter, { 'event-id': 'x'.repeat(129) }))).toBeUndefined();
  expect(toFateRecord(outcomeOf({ kind: 'done' }))).toBeUndefined();
});
