import type { Contact } from '@contact-sync/domain';
import fc from 'fast-check';
import { expect, expectTypeOf, test } from 'vitest';
import { createdEvent } from '../../test/support/events.ts';
import { fakeRegistry } from '../../test/support/fake-registry.ts';
import { createCodec } from '../avro/codec.ts';
import type { Producer } from '../producer/producer.ts';
import {
  type AcmeContactDeleted,
  acmeContactCreated,
  acmeContactDeleted,
  acmeContactUpdated,
} from './acme-contact.ts';
import { allContracts, type sourceEventContracts } from './all-contracts.ts';
import { integrationContactDeleted } from './integration-contact.ts';
import type { TopicContract, ValueOf } from './topic-contract.ts';
import { type QuarantinedDelivery, webhookQuarantine } from './webhook-quarantine.ts';

const roundTrip = async <Value>(contract: TopicContract<Value>, value: Value): Promise<Value> => {
  const codec = createCodec({ registry: fakeRegistry().registry });
  await codec.prepare(allContracts);
  return codec.decode(contract, codec.encode(contract, value as NoInfer<Value>));
};

const deleted: AcmeContactDeleted = {
  ...createdEvent(),
  eventType: 'contact.deleted',
  data: { id: 'acme-1', acme_version: 5 },
};

const contact: Contact = {
  id: 'a6a9b1d2-0000-4000-8000-000000000001',
  firstName: 'Ada',
  lastName: 'Lovelace',
  email: 'ada@example.com',
  phone: null,
  company: 'Engines',
  title: null,
  notes: null,
  address: { street: '12 St James Sq', city: null, state: null, zipCode: null, country: 'GB' },
  status: 'lead',
  tags: ['x'],
  customFields: { a: 1, b: 'two', c: true },
  source: 'acmecrm',
  sourceId: 'acme-1',
  createdAt: '2026-11-23T07:00:00.000Z',
  updatedAt: '2026-11-23T07:00:01.000Z',
  version: 3,
};

test('a payload of another topic, or with a wrong member, does not compile', () => {
  const send = (() => undefined) as unknown as Producer['send'];
  void send(acmeContactCreated, { value: createdEvent() });
  // @ts-expect-error a created event on the topic of updates
  void send(acmeContactUpdated, { value: createdEvent() });
  // @ts-expect-error a member is missing
  void send(acmeContactDeleted, { value: { ...deleted, contactId: undefined } });
  // @ts-expect-error a number in place of a text
  void send(acmeContactDeleted, { value: { ...deleted, data: { id: 1, acme_version: 5 } } });
  expectTypeOf<ValueOf<(typeof sourceEventContracts)[number]>['eventType']>().toEqualTypeOf<
    'contact.created' | 'contact.updated' | 'contact.deleted'
  >();
});

test('every event has the contact id as its key, and its id and type as headers', () => {
  const event = createdEvent();
  expect(acmeContactCreated.keyOf(event)).toBe(event.contactId);
  expect(acmeContactCreated.headersOf(event)).toEqual({
    'event-id': event.eventId,
    'event-type': 'contact.created',
  });
  expect(acmeContactDeleted.keyOf(deleted)).toBe(deleted.contactId);
});

test('null and absent members come back as absent', async () => {
  const event = createdEvent();
  const withNulls = {
    ...event,
    data: { ...event.data, acme_phone: null, acme_tags: null, acme_status: null },
  };
  expect(await roundTrip(acmeContactCreated, withNulls)).toStrictEqual(event);
});

test('times come back as the very text that was sent', async () => {
  const event = createdEvent({ occurredAt: '2026-11-23T09:00:00.123456+02:00' });
  expect((await roundTrip(acmeContactCreated, event)).occurredAt).toBe('2026-11-23T09:00:00.123456+02:00');
});

test('a delete carries id and version, whatever else its data brings', async () => {
  const rich = { ...deleted, data: { ...deleted.data, acme_email: 'ada@example.com' } };
  expect(await roundTrip(acmeContactDeleted, rich)).toStrictEqual(deleted);
});

test('an integration event carries the whole contact', async () => {
  const event = {
    eventId: 'e1',
    eventType: 'contact.deleted' as const,
    occurredAt: '2026-11-23T07:00:01.000Z',
    contactId: contact.id,
    version: 3,
    data: { ...contact, deletedAt: '2026-11-23T07:00:01.000Z' },
    erased: false,
  };
  expect(await roundTrip(integrationContactDeleted, event)).toStrictEqual(event);
  const bare = { ...event, data: { ...contact, address: null, status: null, sourceId: null } };
  expect(await roundTrip(integrationContactDeleted, bare)).toStrictEqual(bare);
  const erased = { ...event, erased: true };
  expect(await roundTrip(integrationContactDeleted, erased)).toStrictEqual(erased);
});

test('a quarantined delivery keeps its bytes, whatever they are', async () => {
  const delivery: QuarantinedDelivery = {
    quarantineId: 'q1',
    receivedAt: '2026-11-23T07:00:01.000Z',
    source: 'acmecrm',
    reason: 'INVALID_BODY',
    errors: [
      { pointer: '/data/acme_email', detail: 'is missing' },
      { pointer: '', detail: 'x', code: 'INVALID_EVENT' },
    ],
    body: Buffer.from([0xff, 0x00, 0x80, 0x7b]),
    headers: { 'content-type': 'application/json' },
  };
  expect(await roundTrip(webhookQuarantine, delivery)).toStrictEqual(delivery);
  const item = { ...delivery, itemIndex: 0, eventId: 'evt_1', secretId: 's1' };
  expect(await roundTrip(webhookQuarantine, item)).toStrictEqual(item);
});

test('a record of another type, source or status is undecodable, by place', () => {
  const record = acmeContactCreated.toRecord(createdEvent()) as { data: object };
  const places = {
    '/eventType': { ...record, eventType: 'contact.merged' },
    '/source': { ...record, source: 'other' },
    '/data/acme_status': { ...record, data: { ...record.data, acme_status: 'Gone' } },
    '/extra': { ...record, extra: '[1]' },
  };
  for (const [pointer, wrong] of Object.entries(places)) {
    expect(() => acmeContactCreated.fromRecord(wrong)).toThrowError(
      expect.objectContaining({ code: 'UNDECODABLE', errors: [expect.objectContaining({ pointer })] }),
    );
  }
});

test('any contact and any unknown members come back as they were', async () => {
  const codec = createCodec({ registry: fakeRegistry().registry });
  await codec.prepare(allContracts);
  // Lone surrogates have no UTF-8; ingest refuses them in the members that are named here.
  const text = fc.string({ unit: 'binary' });
  const customFields = fc.dictionary(
    text,
    fc.oneof(text, fc.boolean(), fc.double({ noNaN: true, noDefaultInfinity: true })),
  );
  const data = fc.record(
    {
      id: text,
      acme_first_name: text,
      acme_last_name: text,
      acme_email: text,
      acme_version: fc.maxSafeNat(),
      acme_phone: text,
      acme_notes: text,
      acme_tags: fc.array(text),
      acme_custom_fields: customFields,
    },
    { requiredKeys: ['id', 'acme_first_name', 'acme_last_name', 'acme_email', 'acme_version'] },
  );
  const extra = fc.dictionary(text, fc.jsonValue()) as fc.Arbitrary<Record<string, unknown>>;
  await fc.assert(
    fc.asyncProperty(data, extra, async (generated, unknown) => {
      // What a webhook brings has been JSON; -0 has no JSON of its own.
      const event = JSON.parse(
        JSON.stringify(createdEvent({ data: generated, extra: unknown })),
      ) as ReturnType<typeof createdEvent>;
      const back = await codec.decode(acmeContactCreated, codec.encode(acmeContactCreated, event));
      expect(JSON.stringify(back.data.acme_custom_fields ?? {})).toBe(
        JSON.stringify(event.data.acme_custom_fields ?? {}),
      );
      expect(back).toEqual(event);
    }),
    { numRuns: 60 },
  );
});
