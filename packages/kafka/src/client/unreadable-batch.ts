import type { KafkaMessage } from 'kafkajs';
import type { Cursor } from './read-record.ts';

/** A batch of which no record can be read: its codec is not known, it is damaged, or it is beyond all bounds. */
export type UnreadableBatch = {
  readonly records: number;
  readonly reason: string;
};

/** A message as it is read here: one that stands for an unreadable batch has the batch's bytes as its value. */
export type ReadMessage = KafkaMessage & { readonly unreadable?: UnreadableBatch };

/** From the first offset up to the end of the length. */
const headBytes = 12;
/** Everything before the first record. */
const frameBytes = 61;
/** kafkajs hands the records of a batch over as arguments of one call, of which there is no room for more. */
const maxRecords = 50_000;
/** Zstandard. */
const lastCodec = 4;

/** The bytes of the batch at the cursor; undefined where they are not all there, which is kafkajs's to tell. */
const batchAt = ({ buffer, offset }: Cursor): Buffer | undefined => {
  if (buffer.length < offset + headBytes) return undefined;
  const end = offset + headBytes + buffer.readInt32BE(offset + 8);
  return end - offset < frameBytes || end > buffer.length ? undefined : buffer.subarray(offset, end);
};

const attributesOf = (batch: Buffer): number => batch.readInt16BE(21);

const recordsIn = (batch: Buffer): number => batch.readInt32BE(57);

const assertKnown = (batch: Buffer): void => {
  // kafkajs would take it for not packed.
  const codec = attributesOf(batch) & 7;
  if (codec > lastCodec) throw new RangeError(`codec ${codec}`);
  if (recordsIn(batch) > maxRecords) throw new RangeError(`more than ${maxRecords} records`);
};

/** One message in place of the batch's records, at the last offset, so that a commit behind it leaves the batch behind. */
const unreadableBatch = (batch: Buffer, error: unknown) => {
  const attributes = attributesOf(batch);
  const firstTimestamp = String(batch.readBigInt64BE(27));
  const context = {
    firstOffset: String(batch.readBigInt64BE(0)),
    firstTimestamp,
    maxTimestamp: firstTimestamp,
    lastOffsetDelta: batch.readInt32BE(23),
    producerId: String(batch.readBigInt64BE(43)),
    inTransaction: (attributes & 0x10) !== 0,
    isControlBatch: (attributes & 0x20) !== 0,
    timestampType: 0,
  };
  const reason = error instanceof Error ? error.message : String(error);
  const message = {
    attributes: 0,
    timestamp: firstTimestamp,
    offset: String(BigInt(context.firstOffset) + BigInt(context.lastOffsetDelta)),
    key: null,
    value: batch,
    headers: {},
    isControlRecord: context.isControlBatch,
    batchContext: context,
    unreadable: { records: recordsIn(batch), reason },
  };
  return { ...context, records: [message] };
};

export type ReadBatch = (cursor: Cursor) => Promise<object>;

/** kafkajs's way to read a batch; one that cannot be read is one message that says so, and no end of the consumer. */
export const withUnreadableBatches =
  (original: ReadBatch): ReadBatch =>
  async (cursor) => {
    const batch = batchAt(cursor);
    if (batch === undefined) return original(cursor);
    const end = cursor.offset + batch.length;
    try {
      assertKnown(batch);
      return await original(cursor);
    } catch (error) {
      cursor.offset = end;
      return unreadableBatch(batch, error);
    }
  };
