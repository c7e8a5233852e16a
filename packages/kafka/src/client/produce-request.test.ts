import { createRequire } from 'node:module';
import fc from 'fast-check';
import type { IHeaders, Message } from 'kafkajs';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { RawHeaders } from '../producer/outgoing.ts';
import { registerCodecs } from './compression.ts';
import { type BuildProduceRequest, type ProduceOptions, withFastEncoding } from './produce-request.ts';

const require = createRequire(import.meta.url);
const original = require('kafkajs/src/protocol/requests/produce/v3/request') as BuildProduceRequest;
const { RecordBatchDecoder } = {
  RecordBatchDecoder: require('kafkajs/src/protocol/recordBatch/v0/decoder'),
} as {
  RecordBatchDecoder: (decoder: object) => Promise<{ records: object[] }>;
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
    headers: fc.dictionary(text, fc.oneof(text, bytes, fc.array(fc.oneof(text, bytes), { maxLength: 3 })), {
      maxKeys: 5,
    }),
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

// Behind the transactional id, acks, time-out, one topic "t", one partition and the size of its records.
const batchOf = async (messages: Message[], compression = 0): Promise<Buffer> => {
  const request = await bytesOf(withFastEncoding(original), oneBatch(messages, compression));
  return request.subarray(2 + 2 + 4 + 4 + 3 + 4 + 4 + 4);
};

/** CRC-32C bit by bit, straight from its definition (RFC 3720, appendix B.4): slow, and nothing of the encoder's in it. */
const crc32cByDefinition = (bytes: Uint8Array): number => {
  let remainder = 0xffffffff;
  for (const byte of bytes) {
    remainder ^= byte;
    for (let bit = 0; bit < 8; bit += 1) remainder = (remainder >>> 1) ^ (remainder & 1 ? 0x82f63b78 : 0);
  }
  return (remainder ^ 0xffffffff) >>> 0;
};

test.each([
  ['none', 0],
  ['gzip', 1],
  ['zstd', 4],
])('a batch carries the CRC-32C of all behind it, under %s', async (_name, compression) => {
  expect(crc32cByDefinition(Buffer.from('123456789'))).toBe(0xe3069283);
  const messages = Array.from({ length: 50 }, (_, index) => ({ key: `k${index}`, value: `ü ${index}` }));
  const batch = await batchOf(messages, compression);
  expect(batch.readUInt32BE(17)).toBe(crc32cByDefinition(batch.subarray(21)));
});

test("kafkajs's decoder reads the records back, headers that are null or stand twice among them", async () => {
  // kafkajs's own encoder throws at the null, and its types know none.
  const headers: RawHeaders = { none: null, twice: ['a', null, Buffer.from('b')] };
  const batch = await batchOf([{ key: 'ключ', value: Buffer.from('v'), headers: headers as IHeaders }]);
  const { records } = await RecordBatchDecoder(new Decoder(batch));
  expect(records).toMatchObject([
    {
      key: Buffer.from('ключ'),
      value: Buffer.from('v'),
      headers: { none: null, twice: [Buffer.from('a'), null, Buffer.from('b')] },
    },
  ]);
});

test('leaves a message with a time of its own to kafkajs', async () => {
  const options = oneBatch([{ value: 'v', timestamp: '1795000000000' }, { value: 'w' }]);
  expect(await bytesOf(withFastEncoding(original), options)).toEqual(await bytesOf(original, options));
});
