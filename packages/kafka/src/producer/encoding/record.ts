import type { IHeaders, Message } from 'kafkajs';
import type { RawHeaders } from '../outgoing.ts';
import { type ByteWriter, sizeOfVarint } from './byte-writer.ts';

/** A message with nothing in it that this encoder leaves to kafkajs: no time of its own. */
export type PlainMessage = {
  readonly key?: string | Buffer | null;
  readonly value: string | Buffer | null;
  readonly headers?: RawHeaders;
};

type Bytes = string | Buffer | null;

const isPlain = (value: unknown): boolean =>
  typeof value === 'string' || value === null || Buffer.isBuffer(value);

const arePlain = (headers: IHeaders): boolean => {
  for (const name in headers) {
    const value = headers[name];
    if (!(Array.isArray(value) ? value.every(isPlain) : isPlain(value))) return false;
  }
  return true;
};

/** Whether {@link writeRecord} can write a message. */
export const isPlainMessage = ({ key, value, timestamp, headers }: Message): boolean =>
  (key === undefined || isPlain(key)) &&
  isPlain(value) &&
  timestamp === undefined &&
  (headers === undefined || arePlain(headers));

const bytesIn = (value: string | Buffer): number =>
  typeof value === 'string' ? Buffer.byteLength(value) : value.length;

const sizeOf = (value: Bytes | undefined): number => {
  if (value === null || value === undefined) return 1;
  const bytes = bytesIn(value);
  return sizeOfVarint(bytes) + bytes;
};

const write = (writer: ByteWriter, value: Bytes | undefined): void => {
  const bytes = value === null || value === undefined ? -1 : bytesIn(value);
  writer.varint(bytes);
  if (typeof value === 'string') writer.text(value, bytes);
  else if (value) writer.raw(value);
};

/** A header that stands more than once has its values as a list. */
const valuesOf = (value: RawHeaders[string] | undefined): readonly Bytes[] => {
  if (value === undefined) return [];
  return isList(value) ? value : [value];
};

const isList = (value: RawHeaders[string]): value is readonly Bytes[] => Array.isArray(value);

/** Bytes of a record behind its own length, all with the time of the batch. */
export const sizeOfRecord = ({ key, value, headers }: PlainMessage, offsetDelta: number): number => {
  // Attributes and the difference in time, a byte each.
  let size = 2 + sizeOfVarint(offsetDelta) + sizeOf(key) + sizeOf(value);
  let count = 0;
  for (const name in headers) {
    const sizeOfName = sizeOf(name);
    for (const value of valuesOf(headers[name])) {
      size += sizeOfName + sizeOf(value);
      count += 1;
    }
  }
  return size + sizeOfVarint(count);
};

const countOf = (headers: RawHeaders): number => {
  let count = 0;
  for (const name in headers) count += valuesOf(headers[name]).length;
  return count;
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
  writer.varint(countOf(headers));
  for (const name in headers) {
    for (const value of valuesOf(headers[name])) {
      write(writer, name);
      write(writer, value);
    }
  }
};
