import { AppError } from '@contact-sync/domain';
import type { KafkaMessage } from 'kafkajs';
import { expect, onTestFinished, test, vi } from 'vitest';
import { contactSyncLadder } from '../contracts/topic-names.ts';
import type { RawHeaders, RawRecord } from '../producer/outgoing.ts';
import type { IncomingRecord } from './consumed-record.ts';
import { createRecordReader } from './incoming-record.ts';
import { deadLetter, done, type Outcome, retryLater } from './outcome.ts';
import type { OutcomeRecorder, RecordOutcome } from './outcome-recorder.ts';
import { createRoutes } from './route.ts';
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

const incomingRecord = createRecordReader(contactSyncLadder);

const incoming = (count: number): IncomingRecord[] =>
  Array.from({ length: count }, (_, offset) => incomingRecord('t', 3, message(offset)));

const topics = ['t', 'acme.contact.created.v1', 'acme.contact.updated.v1'];

const setUp = (recorder?: OutcomeRecorder<string>) => {
  const published: RawRecord[] = [];
  const publish = vi.fn(async (record: RawRecord) => {
    published.push(record);
  });
  const told: RecordOutcome<string>[] = [];
  const settler = createSettler<string>({
    publish,
    routes: createRoutes({ topics, ladder: contactSyncLadder }),
    onSettled: (outcomes) => told.push(...outcomes),
    ...(recorder !== undefined && { recorder }),
  });
  const settle = (records: readonly IncomingRecord[], outcomes: readonly Outcome[]) =>
    settler(records.map((record, index) => ({ record, outcome: outcomes[index] as Outcome })));
  const routes = () => told.map(({ route }) => route.kind);
  return { settle, publish, published, told, routes };
};

const poison = deadLetter({ stage: 'decode', code: 'UNDECODABLE' });
const again = retryLater({ stage: 'apply', code: 'STORAGE_FULL' });

test('a batch that is done is settled whole, and nothing is published', async () => {
  const { settle, publish, told } = setUp();
  expect(await settle(incoming(3), [done(), done(), done()])).toEqual({ settled: 3 });
  expect(publish).not.toHaveBeenCalled();
  expect(told).toHaveLength(3);
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

test('a record that failed for a while goes to the first tier with its bytes, place, failure and due time, and the rest goes on', async () => {
  const { settle, published, routes } = setUp();
  const before = Date.now();
  const [first, ...rest] = incoming(3);
  const record = incomingRecord(
    'acme.contact.created.v1',
    3,
    message(7, { 'event-id': 'e1', odd: ['a', 'b'] }),
  );
  expect(await settle([first as IncomingRecord, record, ...rest], [done(), again, done(), done()])).toEqual({
    settled: 4,
  });
  expect(routes()).toEqual(['done', 'tier', 'done', 'done']);
  expect(published).toEqual([
    {
      topic: 'contact-sync.retry.1s',
      key: Buffer.from('key-7'),
      value: Buffer.from([0xff, 7]),
      headers: {
        'event-id': 'e1',
        odd: ['a', 'b'],
        'x-original-topic': 'acme.contact.created.v1',
        'x-original-partition': '3',
        'x-original-offset': '7',
        'x-original-timestamp': '1700000000000',
        'x-attempts': '1',
        'x-first-failure-at': expect.stringMatching(/^\d{4}-.*Z$/),
        'x-last-failure-at': expect.stringMatching(/^\d{4}-.*Z$/),
        'x-stage': 'apply',
        'x-code': 'STORAGE_FULL',
        'x-fingerprint': expect.stringMatching(/^[0-9a-f]{16}$/),
        'x-due-at': expect.stringMatching(/^\d{13}$/),
      },
    },
  ]);
  expect(Number(published[0]?.headers['x-due-at'])).toBeGreaterThanOrEqual(before + 1_000);
});

test('the ladder is climbed to its end, then there is one dead letter with all attempts, the first failure and the replay', async () => {
  vi.useFakeTimers({ now: Date.parse('2026-01-01T00:00:00Z') });
  onTestFinished(() => void vi.useRealTimers());
  const { settle, published } = setUp();
  let record = incomingRecord(
    'contact-sync.retry.1s',
    0,
    message(1, { ...moved, 'x-due-at': '0', 'replay-id': 'r1', 'replay-count': '2' }),
  );
  const waits: number[] = [];
  for (let rung = 0; rung < 6; rung += 1) {
    await settle([record], [again]);
    const { topic, headers } = published[rung] as RawRecord;
    const dueAt = Number(headers['x-due-at'] ?? Date.now());
    waits.push(dueAt - Date.now());
    vi.setSystemTime(dueAt);
    record = incomingRecord(topic, 0, message(rung, headers as KafkaMessage['headers']));
  }
  expect(published.map(({ topic }) => topic)).toEqual([
    ...contactSyncLadder.tiers.map(({ topic }) => topic),
    'acme.contact.updated.v1.contact-sync.dlt',
  ]);
  expect(waits).toEqual([1_000, 5_000, 30_000, 120_000, 600_000, 0]);
  expect(published[5]?.headers).toMatchObject({
    ...moved,
    'x-attempts': '6',
    'x-first-failure-at': '2026-01-01T00:00:00.000Z',
    'x-last-failure-at': '2026-01-01T00:12:36.000Z',
    'replay-id': 'r1',
    'replay-count': '2',
  });
  expect(published[5]?.headers).not.toHaveProperty('x-due-at');
});

test('a record that is too large for a tier with what it carries there is a dead letter', async () => {
  const { settle, publish, published, routes } = setUp();
  publish.mockRejectedValueOnce(new AppError('PAYLOAD_TOO_LARGE', { message: 'x' }));
  expect(await settle(incoming(1), [again])).toEqual({ settled: 1 });
  expect(published[0]).toMatchObject({ topic: 't.contact-sync.dlt', headers: { 'x-code': 'STORAGE_FULL' } });
  expect(routes()).toEqual(['letter']);
});

test.each([
  ['says nothing of where it came from', {}],
  ['came from a topic that nobody knows', { ...moved, 'x-original-topic': 'made-up' }],
])('a record on a tier that %s is a letter among the strays', async (_, headers) => {
  const { settle, published } = setUp();
  await settle([incomingRecord('contact-sync.retry.5s', 2, message(4, headers))], [poison]);
  expect(published[0]?.topic).toBe('contact-sync.retry.contact-sync.dlt');
});

test('outcomes are recorded with all that is known of them, after letters and retries are durable', async () => {
  const log: string[] = [];
  const recorded: RecordOutcome<string>[] = [];
  const record = async (outcomes: readonly RecordOutcome<string>[]) => {
    log.push('record');
    recorded.push(...outcomes);
  };
  const { settle, publish } = setUp({ record });
  publish.mockImplementation(async ({ topic }) => void log.push(topic));
  await settle(
    [
      incomingRecord('t', 3, message(0)),
      incomingRecord('contact-sync.retry.1s', 0, message(1, { ...moved, 'x-attempts': '1' })),
    ],
    [done('applied', 4), poison],
  );
  expect(log).toEqual(['acme.contact.updated.v1.contact-sync.dlt', 'record']);
  expect(recorded).toMatchObject([
    {
      position: { topic: 't', partition: 3, offset: '0' },
      key: 'key-0',
      attempt: 1,
      route: { kind: 'done', fate: 'applied', version: 4 },
    },
    {
      position: { topic: 'contact-sync.retry.1s', partition: 0, offset: '1' },
      origin: { topic: 'acme.contact.updated.v1', partition: 5, offset: '99' },
      attempt: 2,
      route: {
        kind: 'letter',
        failure: { stage: 'decode', code: 'UNDECODABLE', fingerprint: expect.any(String) },
      },
    },
  ]);
  expect(recorded[0]).not.toHaveProperty('firstFailureAt');
});

test('what cannot be recorded is not settled', async () => {
  const error = new Error('Redis is away');
  const { settle, told } = setUp({ record: () => Promise.reject(error) });
  expect(await settle(incoming(2), [done(), done()])).toEqual({
    settled: 0,
    unsettled: { dependency: 'recorder', error },
  });
  expect(told).toEqual([]);
});

test('a dead letter that cannot be written ends the settled records', async () => {
  const { settle, publish } = setUp();
  const error = new Error('no such topic');
  publish.mockImplementationOnce(async () => undefined).mockRejectedValueOnce(error);
  expect(await settle(incoming(4), [poison, done(), poison, done()])).toEqual({
    settled: 2,
    unsettled: { dependency: 'kafka', error },
  });
});
