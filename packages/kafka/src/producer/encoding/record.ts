import type { IHeaders, Message } from 'kafkajs';
import { type ByteWriter, sizeOfVarint } from './byte-writer.ts';

/** A message with nothing in it that this encoder leaves to kafkajs: no time of its own, no header with many values. */
export type PlainMessage = {
  readonly key?: string | Buffer | null;
  readonly value: string | Buffer | null;
  readonly headers?: Readonly<Record<string, string | Buffer>>;
};

const isPlain = (value: unknown): boolean => typeof value === 'string' || Buffer.isBuffer(value);

const arePlain = (headers: IHeaders): boolean => {
  for (const name in headers) if (!isPlain(headers[name])) return false;
  return true;
};

/** Whether {@link writeRecord} can write a message. */
export const isPlainMessage = ({ key, value, timestamp, headers }: Message): boolean =>
  (key === undefined || key === null || isPlain(key)) &&
  (value === null || isPlain(value)) &&
  timestamp === undefined &&
  (headers === undefined || arePlain(headers));

const bytesIn = (value: string | Buffer): number =>
  typeof value === 'string' ? Buffer.byteLength(value) : value.length;

const sizeOf = (value: string | Buffer | null | undefined): number => {
  if (value === null || value === undefined) return 1;
  const bytes = bytesIn(value);
  return sizeOfVarint(bytes) + bytes;
};

const write = (writer: ByteWriter, value: string | Buffer | null | undefined): void => {
  const bytes = value === null || value === undefined ? -1 : bytesIn(value);
  writer.varint(bytes);
  if (typeof value === 'string') writer.text(value, bytes);
  else if (value) writer.raw(value);
};

/** Bytes of a record behind its own length, all with the time of the batch. */
export const sizeOfRecord = ({ key, value, headers }: PlainMessage, offsetDelta: number): number => {
  // Attributes and the difference in time, a byte each.
  let size = 2 + sizeOfVarint(offsetDelta) + sizeOf(key) + sizeOf(value);
  let count = 0;
  for (const name in headers) {
    size += sizeOf(name) + sizeOf(headers[name]);
    count += 1;
  }
  return size + sizeOfVarint(count);
};

/** Writes a record of message format 2 (Kafka documentation, "Record"); `size` is that of {@link sizeOfRecord}. */
export const writeRecord = (
  writer: ByteWriter,
  { key, value, headers = {} }: PlainMessage,
  offsetDelta: number,
  size: number,
): void => {
  writer.varint(size);
  writer.int8(0);
  writer.varint(0);
  writer.varint(offsetDelta);
  write(writer, key);
  write(writer, value);
  writer.varint(Object.keys(headers).length);
  for (const name in headers) {
    write(writer, name);
    write(writer, headers[name]);
  }
};
