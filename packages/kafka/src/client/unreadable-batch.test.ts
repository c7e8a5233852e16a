import { createRequire } from 'node:module';
import { promisify } from 'node:util';
import { zstdCompress } from 'node:zlib';
import { beforeAll, expect, test } from 'vitest';
import { encodeRecordBatch } from '../producer/encoding/record-batch.ts';
import { registerCodecs } from './compression.ts';
import type { Cursor } from './read-record.ts';
import { type ReadMessage, withUnreadableBatches } from './unreadable-batch.ts';

const require = createRequire(import.meta.url);
const Decoder = require('kafkajs/src/protocol/decoder') as new (bytes: Buffer) => Cursor;
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
const record = { key: 'k', value: 'v' };

const packed = async (count: number, attributes: number, pack: (records: Buffer) => Promise<Buffer>) => {
  const messages = Array.from({ length: count }, () => record);
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
    const next = await encodeRecordBatch([record], frame);
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
  const batch = await encodeRecordBatch([record], frame);
  await expect(read(new Decoder(batch.subarray(0, batch.length - 1)))).rejects.toThrow('partial');
});
