import type { KafkaMessage } from 'kafkajs';
import { expect, test, vi } from 'vitest';
import type { RawRecord } from '../producer/outgoing.ts';
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
        many: 'b',
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

test('a record that was moved before keeps the place where it stood first', async () => {
  const { settle, published } = setUp();
  const headers = {
    'x-original-topic': 'acme.contact.updated.v1',
    'x-original-partition': '5',
    'x-original-offset': '99',
    'x-original-timestamp': '1600000000000',
  };
  await settle([incomingRecord('contact-sync.retry.1s', 0, message(1, headers))], [poison]);
  expect(published[0]).toMatchObject({ topic: 'acme.contact.updated.v1.contact-sync.dlt', headers });
});

test('one cause has one fingerprint, whatever the place in a list; another cause has another', async () => {
  const { settle, published } = setUp();
  const fingerprints = async (outcomes: Outcome[]) => {
    await settle(incoming(outcomes.length), outcomes);
    return published.splice(0).map(({ headers }) => headers['x-fingerprint']);
  };
  const [a, b, c] = await fingerprints([
    deadLetter({ stage: 'map', code: 'X', pointer: '/tags/1' }),
    deadLetter({ stage: 'map', code: 'X', pointer: '/tags/2' }),
    deadLetter({ stage: 'apply', code: 'X', pointer: '/tags/2' }),
  ]);
  expect(a).toBe(b);
  expect(c).not.toBe(a);
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
