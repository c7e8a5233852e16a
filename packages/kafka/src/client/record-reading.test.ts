import { createRequire } from 'node:module';
import { promisify } from 'node:util';
import { zstdCompress } from 'node:zlib';
import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import type { PlainMessage } from '../producer/encoding/record.ts';
import { encodeRecordBatch } from '../producer/encoding/record-batch.ts';
import type { RawHeaders } from '../producer/outgoing.ts';
import { registerCodecs } from './compression.ts';
import { type Cursor, type ReadMessage, readRecord, withUnreadableBatches } from './record-reading.ts';

const require = createRequire(import.meta.url);
const Decoder = require('kafkajs/src/protocol/decoder') as new (bytes: Buffer) => Cursor;
const originalRecord = require('kafkajs/src/protocol/recordBatch/record/v0/decoder') as typeof readRecord;
const originalBatch = require('kafkajs/src/protocol/recordBatch/v0/decoder') as (
  cursor: Cursor,
) => Promise<{ records: ReadMessage[] }>;
const read = withUnreadableBatches(originalBatch) as typeof originalBatch;

beforeAll(registerCodecs);

const frame = {
  attributes: 0,
  timestamp: 1_795_000_000_123,
  producerId: 7n,
  producerEpoch: 0,
  firstSequence: 0,
};
const header = fc.oneof(
  fc.constant(null),
  fc.uint8Array({ maxLength: 20 }).map((bytes) => Buffer.from(bytes)),
);
// Of a name that every object has, kafkajs's reader makes a list that begins with the object's own member.
const name = fc.string({ maxLength: 10 }).filter((text) => !(text in {}));
const headers = fc.dictionary(name, fc.oneof(header, fc.array(header, { minLength: 2, maxLength: 4 })), {
  maxKeys: 6,
});
const record = (given: RawHeaders): PlainMessage => ({ key: 'k', value: 'v', headers: given });

/** The bytes of one record behind its own length. */
const recordBytes = async (given: RawHeaders): Promise<Buffer> => {
  const batch = await encodeRecordBatch([record(given)], frame);
  const cursor = new Decoder(batch.subarray(61));
  return cursor.readVarIntBytes() ?? Buffer.alloc(0);
};

const context = {
  firstOffset: '41',
  firstTimestamp: '1795000000123',
  maxTimestamp: '1795000000999',
  magicByte: 2,
  isControlBatch: false,
};

test("reads what kafkajs's own reader reads, headers that are null or stand twice among them", async () => {
  await fc.assert(
    fc.asyncProperty(headers, fc.constantFrom(0, 1), async (given, timestampType) => {
      const bytes = await recordBytes(given as RawHeaders);
      const read = readRecord(new Decoder(bytes), { ...context, timestampType });
      const expected = originalRecord(new Decoder(bytes), { ...context, timestampType });
      expect({ ...read, headers: undefined }).toEqual({ ...expected, headers: undefined });
      expect(Object.entries(read.headers)).toEqual(Object.entries(expected.headers));
    }),
    { numRuns: 200 },
  );
});

test('a header has its values as they came, whatever its name', async () => {
  const given = JSON.parse('{"__proto__": "a", "constructor": ["b", null], "7": "c"}') as RawHeaders;
  const { headers: read } = readRecord(new Decoder(await recordBytes(given)), {
    ...context,
    timestampType: 0,
  });
  const text = Object.entries(read).map(([key, value]) => [key, String(value)]);
  expect(text).toEqual([
    ['7', 'c'],
    ['__proto__', 'a'],
    ['constructor', 'b,'],
  ]);
});

test('a record with a hundred thousand headers is read at once', async () => {
  const given = Object.fromEntries(Array.from({ length: 50_000 }, (_, index) => [`h${index}`, 'x']));
  const bytes = await recordBytes({ ...given, twice: Array(50_000).fill('y') });
  const startedAt = performance.now();
  const { headers: read } = readRecord(new Decoder(bytes), { ...context, timestampType: 0 });
  expect(Object.keys(read)).toHaveLength(50_001);
  // A reader that copies them for each would be busy for minutes; a noisy machine is not.
  expect(performance.now() - startedAt).toBeLessThan(5_000);
});

const packed = async (count: number, attributes: number, pack: (records: Buffer) => Promise<Buffer>) => {
  const messages = Array.from({ length: count }, () => record({}));
  return encodeRecordBatch(messages, { ...frame, attributes }, pack);
};

/** A batch whose first record stands at offset 100. */
const at100 = (batch: Buffer): Buffer => {
  batch.writeBigInt64BE(100n, 0);
  return batch;
};

test.each<[string, () => Promise<Buffer>]>([
  ['in a codec that nobody knows', () => packed(5, 7, async (records) => records)],
  ['that is damaged', () => packed(5, 4, async () => Buffer.from('no zstd'))],
  [
    'that unpacks beyond all bounds',
    () => packed(5, 4, () => promisify(zstdCompress)(Buffer.alloc(2 ** 25))),
  ],
  ['that says LZ4 and is none', () => packed(5, 3, async () => Buffer.alloc(40, 1))],
  [
    'that says Snappy and states a size beyond all bounds',
    () => packed(5, 2, async () => Buffer.from([0xff, 0xff, 0xff, 0xff, 0x0f, 0, 1])),
  ],
])(
  'a batch %s is one message at its last offset, with its bytes, and the next batch is read',
  async (_, make) => {
    const batch = at100(await make());
    const next = await encodeRecordBatch([record({})], frame);
    const cursor = new Decoder(Buffer.concat([batch, next]));
    const { records } = await read(cursor);
    expect(records).toMatchObject([{ offset: '104', key: null, value: batch, unreadable: { records: 5 } }]);
    expect((await read(cursor)).records).toMatchObject([{ value: Buffer.from('v') }]);
  },
);

test('a batch of more records than kafkajs can hand over is one message', async () => {
  const batch = await packed(60_000, 4, (records) => promisify(zstdCompress)(records));
  expect((await read(new Decoder(batch))).records).toMatchObject([{ offset: '59999', unreadable: {} }]);
});

test('a batch that is cut is left to kafkajs, which fetches it again', async () => {
  const batch = await encodeRecordBatch([record({})], frame);
  await expect(read(new Decoder(batch.subarray(0, batch.length - 1)))).rejects.toThrow('partial');
});
