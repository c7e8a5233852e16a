import { ByteWriter, sizeOfVarint } from './byte-writer.ts';
import { crc32c } from './crc32c.ts';
import { type PlainMessage, sizeOfRecord, writeRecord } from './record.ts';

/** What a batch states of itself and its producer. `timestamp` is in Unix milliseconds. */
export type BatchFrame = {
  readonly attributes: number;
  readonly timestamp: number;
  readonly producerId: bigint;
  readonly producerEpoch: number;
  readonly firstSequence: number;
};

/** Turns the records, without their count, into what the batch's attributes say. */
export type Compress = (records: Buffer) => Promise<Buffer>;

const magicByte = 2;

/** From the first offset up to the length: what the length does not count. */
const headBytes = 12;

/** From the first offset up to the checksum: what the checksum does not cover. */
const uncheckedBytes = 21;

/** Everything before the first record, the count of records included. */
const frameBytes = 61;

const sizesOf = (
  messages: readonly PlainMessage[],
): { readonly sizes: readonly number[]; readonly total: number } => {
  const sizes = messages.map(sizeOfRecord);
  return { sizes, total: sizes.reduce((sum, size) => sum + sizeOfVarint(size) + size, 0) };
};

const writeFrame = (writer: ByteWriter, frame: BatchFrame, records: number): void => {
  writer.int64(0n);
  writer.int32(writer.bytes.length - headBytes);
  writer.int32(0);
  writer.int8(magicByte);
  writer.int32(0);
  writer.int16(frame.attributes);
  writer.int32(records - 1);
  writer.int64(BigInt(frame.timestamp));
  writer.int64(BigInt(frame.timestamp));
  writer.int64(frame.producerId);
  writer.int16(frame.producerEpoch);
  writer.int32(frame.firstSequence);
  writer.int32(records);
};

const seal = ({ bytes }: ByteWriter): Buffer => {
  bytes.writeUInt32BE(crc32c(bytes, uncheckedBytes, bytes.length), uncheckedBytes - 4);
  return bytes;
};

/** A record batch of message format 2 (Kafka documentation, "Record Batch"), written in one pass into one buffer. */
export const encodeRecordBatch = async (
  messages: readonly PlainMessage[],
  frame: BatchFrame,
  compress?: Compress,
): Promise<Buffer> => {
  const { sizes, total } = sizesOf(messages);
  const writeRecords = (writer: ByteWriter): void => {
    for (const [index, message] of messages.entries()) writeRecord(writer, message, index, sizes[index] ?? 0);
  };
  if (compress === undefined) {
    const writer = new ByteWriter(frameBytes + total);
    writeFrame(writer, frame, messages.length);
    writeRecords(writer);
    return seal(writer);
  }
  const records = new ByteWriter(total);
  writeRecords(records);
  const packed = await compress(records.bytes);
  const writer = new ByteWriter(frameBytes + packed.length);
  writeFrame(writer, frame, messages.length);
  writer.raw(packed);
  return seal(writer);
};
