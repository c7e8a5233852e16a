import { AppError } from '@contact-sync/domain';
import type { KafkaMessage } from 'kafkajs';
import { expect, test, vi } from 'vitest';
import type { RawHeaders, RawRecord } from '../producer/outgoing.ts';
import { type IncomingRecord, incomingRecord } from './consumed-record.ts';
import { deadLetter, done, type Outcome, retryLater } from './outcome.ts';
import { createSettler } from './settle.ts';

const message = (offset: number, headers: KafkaMessage['headers'] = {}): KafkaMessage =>
  ({
    key: Buffer.from(`key-${offset}`),
    value: Buffer.from([0xff, offset]),
    timestamp: '1700000000000',
    offset: String(offset),
    headers,
    attributes: 0,
  }) as KafkaMessage;

const incoming = (count: number): IncomingRecord[] =>
  Array.from({ length: count }, (_, offset) => incomingRecord('t', 3, message(offset)));

const setUp = (maxAttempts = 3) => {
  const published: RawRecord[] = [];
  const publish = vi.fn(async (record: RawRecord) => {
    published.push(record);
  });
  const settledOutcomes: Outcome[] = [];
  const settle = createSettler({
    publish,
    maxAttempts,
    onSettled: (_, outcome) => settledOutcomes.push(outcome),
  });
  return { settle, publish, published, settledOutcomes };
};

const poison = deadLetter({ stage: 'decode', code: 'UNDECODABLE' });
const again = retryLater({ stage: 'apply', code: 'STORAGE_FULL' });

test('a batch that is done is settled whole, and nothing is published', async () => {
  const { settle, publish, settledOutcomes } = setUp();
  expect(await settle(incoming(3), [done(), done(), done()])).toEqual({ settled: 3 });
  expect(publish).not.toHaveBeenCalled();
  expect(settledOutcomes).toHaveLength(3);
});

test('a dead letter keeps bytes, key and headers and tells where and why', async () => {
  const { settle, published } = setUp();
  const headers = { 'event-id': Buffer.from('e1'), binary: Buffer.from([0xff]), many: ['a', 'b'] };
  const record = incomingRecord('acme.contact.created.v1', 3, message(7, headers));
  await settle([record], [deadLetter({ stage: 'map', code: 'MAPPING_FAILED', pointer: '/data/tags/0' })]);
  expect(published).toEqual([
    {
      topic: 'acme.contact.created.v1.contact-sync.dlt',
      key: Buffer.from('key-7'),
      value: Buffer.from([0xff, 7]),
      headers: {
        'event-id': Buffer.from('e1'),
        binary: Buffer.from([0xff]),
        many: ['a', 'b'],
        'x-original-topic': 'acme.contact.created.v1',
        'x-original-partition': '3',
        'x-original-offset': '7',
        'x-original-timestamp': '1700000000000',
        'x-attempts': '1',
        'x-first-failure-at': expect.stringMatching(/^\d{4}-.*Z$/),
        'x-last-failure-at': expect.stringMatching(/^\d{4}-.*Z$/),
        'x-stage': 'map',
        'x-code': 'MAPPING_FAILED',
        'x-pointer': '/data/tags/0',
        'x-fingerprint': expect.stringMatching(/^[0-9a-f]{16}$/),
      },
    },
  ]);
});

const moved = {
  'x-original-topic': 'acme.contact.updated.v1',
  'x-original-partition': '5',
  'x-original-offset': '99',
  'x-original-timestamp': '1600000000000',
};

test('a record that comes by a retry tier keeps the place where it stood first', async () => {
  const { settle, published } = setUp();
  await settle([incomingRecord('contact-sync.retry.1s', 0, message(1, moved))], [poison]);
  expect(published[0]).toMatchObject({ topic: 'acme.contact.updated.v1.contact-sync.dlt', headers: moved });
});

test('on any other topic nobody is believed about where a record stood', async () => {
  const { settle, published } = setUp();
  const forged = { ...moved, 'x-original-topic': 'made-up', 'x-pointer': '/forged', 'x-code': 'FORGED' };
  await settle([incomingRecord('t', 3, message(1, forged))], [poison]);
  expect(published[0]?.topic).toBe('t.contact-sync.dlt');
  expect(published[0]?.headers).toMatchObject({
    'x-original-topic': 't',
    'x-original-partition': '3',
    'x-original-offset': '1',
    'x-code': 'UNDECODABLE',
  });
  expect(published[0]?.headers).not.toHaveProperty('x-pointer');
});

test.each([
  ['a part of it', { 'x-original-offset': undefined }],
  ['a partition that is none', { 'x-original-partition': 'NaN' }],
  ['an offset that is none', { 'x-original-offset': '-1' }],
])('a place on a tier that is told with %s is not believed', async (_, change) => {
  const { settle, published } = setUp();
  const headers = { ...moved, ...change };
  await settle([incomingRecord('contact-sync.retry.1s', 0, message(7, headers))], [poison]);
  expect(published[0]?.headers).toMatchObject({ 'x-original-partition': '0', 'x-original-offset': '7' });
});

test('a header whose value is null, or that stands twice, is in the letter as it came', async () => {
  const { settle, published } = setUp();
  const odd: RawHeaders = { none: null, twice: [null, 'a', 'a'] };
  const record = incomingRecord('t', 3, message(1, odd as KafkaMessage['headers']));
  expect(record.headers).toEqual({ twice: 'a' });
  await settle([record], [poison]);
  expect(published[0]?.headers).toMatchObject(odd);
});

test('a letter that is too large goes without its value, then without its headers and key, and says so', async () => {
  const { settle, publish, published } = setUp();
  const tooLarge = new AppError('PAYLOAD_TOO_LARGE', { message: 'x' });
  const record = incomingRecord('t', 3, message(1, { 'event-id': 'e1' }));
  publish.mockRejectedValueOnce(tooLarge);
  expect(await settle([record], [poison])).toEqual({ settled: 1 });
  publish.mockRejectedValueOnce(tooLarge).mockRejectedValueOnce(tooLarge);
  expect(await settle([record], [poison])).toEqual({ settled: 1 });
  const [withoutValue, bare] = published;
  expect(withoutValue).toMatchObject({
    key: Buffer.from('key-1'),
    value: null,
    headers: { 'event-id': 'e1', 'x-omitted': 'value', 'x-value-bytes': '2', 'x-original-offset': '1' },
  });
  expect(bare).toMatchObject({ key: null, value: null, headers: { 'x-omitted': 'value,headers,key' } });
  expect(bare?.headers).not.toHaveProperty('event-id');
});

test('a pointer of any length is told in bounds', async () => {
  const { settle, published } = setUp();
  await settle(incoming(1), [deadLetter({ stage: 'map', code: 'X', pointer: `/${'x'.repeat(100_000)}` })]);
  expect(published[0]?.headers['x-pointer']).toHaveLength(256);
});

test('a batch that cannot be read is one letter with its bytes that tells how many records it was', async () => {
  const { settle, published } = setUp();
  const unreadable = { records: 12, reason: 'codec 7' };
  await settle(
    [incomingRecord('t', 3, { ...message(9), unreadable })],
    [deadLetter({ stage: 'codec', code: 'UNDECODABLE' })],
  );
  expect(published[0]).toMatchObject({
    value: Buffer.from([0xff, 9]),
    headers: { 'x-stage': 'codec', 'x-records': '12', 'x-original-offset': '9' },
  });
});

test('what has to come again ends the settled records, and nothing behind it is published', async () => {
  const { settle, published, settledOutcomes } = setUp();
  expect(await settle(incoming(4), [done(), poison, again, poison])).toEqual({ settled: 2 });
  expect(published).toHaveLength(1);
  expect(settledOutcomes).toEqual([done(), poison]);
});

test('a record that has asked for its last attempt is a dead letter with all its attempts', async () => {
  const { settle, published, settledOutcomes } = setUp(3);
  const records = incoming(2);
  expect(await settle(records, [again, done()])).toEqual({ settled: 0 });
  expect(await settle(records, [again, done()])).toEqual({ settled: 0 });
  expect(await settle(records, [again, done()])).toEqual({ settled: 2 });
  expect(published[0]?.headers).toMatchObject({ 'x-attempts': '3', 'x-code': 'STORAGE_FULL' });
  expect(settledOutcomes).toEqual([{ ...again, kind: 'deadLetter' }, done()]);
});

test('attempts are forgotten once a record is settled', async () => {
  const { settle } = setUp(2);
  const records = incoming(1);
  for (let round = 0; round < 3; round += 1) {
    expect(await settle(records, [again])).toEqual({ settled: 0 });
    expect(await settle(records, [done()])).toEqual({ settled: 1 });
  }
});

test('a dead letter that cannot be written ends the settled records', async () => {
  const { settle, publish } = setUp();
  const error = new Error('no such topic');
  publish.mockImplementationOnce(async () => undefined).mockRejectedValueOnce(error);
  expect(await settle(incoming(4), [poison, done(), poison, done()])).toEqual({ settled: 2, error });
});
