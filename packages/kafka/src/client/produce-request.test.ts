import { createRequire } from 'node:module';
import fc from 'fast-check';
import type { Message } from 'kafkajs';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { registerCodecs } from './compression.ts';
import { type BuildProduceRequest, type ProduceOptions, withFastEncoding } from './produce-request.ts';

const require = createRequire(import.meta.url);
const original = require('kafkajs/src/protocol/requests/produce/v3/request') as BuildProduceRequest;
const { RecordBatchDecoder } = {
  RecordBatchDecoder: require('kafkajs/src/protocol/recordBatch/v0/decoder'),
} as {
  RecordBatchDecoder: (decoder: object) => Promise<{ records: { key: Buffer; value: Buffer }[] }>;
};
const Decoder = require('kafkajs/src/protocol/decoder') as new (bytes: Buffer) => object;

beforeEach(() => {
  registerCodecs();
  vi.useFakeTimers({ toFake: ['Date'], now: 1_795_000_000_123 });
});
afterEach(() => {
  vi.useRealTimers();
});

const text = fc.oneof(fc.string({ maxLength: 200 }), fc.string({ unit: 'binary', maxLength: 40 }));
const bytes = fc.uint8Array({ maxLength: 300 }).map((array) => Buffer.from(array));
const message: fc.Arbitrary<Message> = fc.record(
  {
    key: fc.oneof(text, bytes, fc.constant(null)),
    value: fc.oneof(text, bytes, fc.constant(null)),
    headers: fc.dictionary(text, fc.oneof(text, bytes), { maxKeys: 5 }),
  },
  { requiredKeys: ['value'] },
);
const partition = fc.record({
  partition: fc.nat({ max: 1_000 }),
  firstSequence: fc.nat({ max: 2 ** 31 - 1 }),
  messages: fc.array(message, { minLength: 1, maxLength: 150 }),
});
const request: fc.Arbitrary<ProduceOptions> = fc.record({
  acks: fc.constantFrom(-1, 1),
  timeout: fc.nat({ max: 60_000 }),
  transactionalId: fc.constantFrom(null, 'a-transaction'),
  producerId: fc.bigInt({ min: -1n, max: 2n ** 63n - 1n }).map(String),
  producerEpoch: fc.nat({ max: 32_767 }),
  compression: fc.constant(0),
  topicData: fc.array(
    fc.record({
      topic: fc.string({ minLength: 1, maxLength: 60 }),
      partitions: fc.array(partition, { maxLength: 4 }),
    }),
    { maxLength: 3 },
  ),
});

const bytesOf = async (build: BuildProduceRequest, options: ProduceOptions) =>
  (await build(options).encode()).buffer;

test("writes byte for byte what kafkajs's own encoder writes, for any plain messages", async () => {
  await fc.assert(
    fc.asyncProperty(request, async (options) => {
      expect(await bytesOf(withFastEncoding(original), options)).toEqual(await bytesOf(original, options));
    }),
    { numRuns: 300 },
  );
});

const oneBatch = (messages: Message[], compression = 0): ProduceOptions => ({
  acks: -1,
  timeout: 1_000,
  producerId: '7',
  compression,
  topicData: [{ topic: 't', partitions: [{ partition: '3', firstSequence: 5, messages }] }],
});

test.each([
  ['gzip', 1],
  ['snappy', 2],
  ['zstd', 4],
])('writes what kafkajs writes under %s', async (_name, compression) => {
  const messages = Array.from({ length: 200 }, (_, index) => ({
    key: `key-${index}`,
    value: Buffer.from(`value ${index} `.repeat(20)),
    headers: { 'event-id': `evt_${index}` },
  }));
  const options = oneBatch(messages, compression);
  expect(await bytesOf(withFastEncoding(original), options)).toEqual(await bytesOf(original, options));
});

test("kafkajs's decoder, which checks the checksum, reads the records back", async () => {
  const sent = await bytesOf(
    withFastEncoding(original),
    oneBatch([{ key: 'ключ', value: Buffer.from('v') }]),
  );
  // Behind the transactional id, acks, time-out, one topic "t", one partition and the size of its records.
  const batch = sent.subarray(2 + 2 + 4 + 4 + 3 + 4 + 4 + 4);
  const { records } = await RecordBatchDecoder(new Decoder(batch));
  expect(records.map(({ key, value }) => [key.toString(), value.toString()])).toEqual([['ключ', 'v']]);
});

test.each<[string, Message]>([
  ['a time of its own', { value: 'v', timestamp: '1795000000000' }],
  ['a header with many values', { value: 'v', headers: { h: ['a', 'b'] } }],
])('leaves a message with %s to kafkajs', async (_name, odd) => {
  const options = oneBatch([odd, { value: 'w' }]);
  expect(await bytesOf(withFastEncoding(original), options)).toEqual(await bytesOf(original, options));
});
