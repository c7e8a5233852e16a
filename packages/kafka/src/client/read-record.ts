/** kafkajs's cursor over what a broker sent. */
export type Cursor = {
  readonly buffer: Buffer;
  offset: number;
  readInt8(): number;
  readVarInt(): number;
  readVarLong(): { toString(): string };
  readVarIntBytes(): Buffer | null;
  readVarIntString(): string | null;
};

type BatchContext = {
  readonly firstOffset: string;
  readonly firstTimestamp: string;
  readonly maxTimestamp: string;
  readonly magicByte?: number;
  readonly isControlBatch: boolean;
  readonly timestampType: number;
};

type HeaderValue = Buffer | null;

const readHeaders = (cursor: Cursor): Record<string, HeaderValue | HeaderValue[]> => {
  const count = cursor.readVarInt();
  if (count > cursor.buffer.length) throw new RangeError('more headers than bytes');
  const headers = new Map<string, HeaderValue | HeaderValue[]>();
  for (let index = 0; index < count; index += 1) {
    const name = cursor.readVarIntString() ?? '';
    const value = cursor.readVarIntBytes();
    const known = headers.get(name);
    if (known === undefined) headers.set(name, value);
    else if (Array.isArray(known)) known.push(value);
    else headers.set(name, [known, value]);
  }
  return Object.fromEntries(headers);
};

const logAppendTime = 1;

/**
 * A record of message format 2 (Kafka documentation, "Record"). kafkajs's own reader copies all headers for each of them:
 * one record with some ten thousand would keep the process busy for minutes.
 */
export const readRecord = (cursor: Cursor, context: BatchContext) => {
  const attributes = cursor.readInt8();
  const timestampDelta = BigInt(cursor.readVarLong().toString());
  const offset = BigInt(context.firstOffset) + BigInt(cursor.readVarInt());
  return {
    magicByte: context.magicByte,
    attributes,
    timestamp:
      context.timestampType === logAppendTime
        ? context.maxTimestamp
        : String(BigInt(context.firstTimestamp) + timestampDelta),
    offset: String(offset),
    key: cursor.readVarIntBytes(),
    value: cursor.readVarIntBytes(),
    headers: readHeaders(cursor),
    isControlRecord: context.isControlBatch,
    batchContext: context,
  };
};
