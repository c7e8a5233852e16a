import { createRequire } from 'node:module';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { encodeRecordBatch } from '../producer/encoding/record-batch.ts';
import type { RawHeaders } from '../producer/outgoing.ts';
import { type Cursor, readRecord } from './read-record.ts';

const require = createRequire(import.meta.url);
const Decoder = require('kafkajs/src/protocol/decoder') as new (bytes: Buffer) => Cursor;
const originalRecord = require('kafkajs/src/protocol/recordBatch/record/v0/decoder') as typeof readRecord;

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
/** The bytes of one record behind its own length. */
const recordBytes = async (given: RawHeaders): Promise<Buffer> => {
  const batch = await encodeRecordBatch([{ key: 'k', value: 'v', headers: given }], frame);
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
