import { createRequire } from 'node:module';
import type { Message } from 'kafkajs';
import { isPlainMessage, type PlainMessage } from '../producer/encoding/record.ts';
import { type Compress, encodeRecordBatch } from '../producer/encoding/record-batch.ts';

type PartitionData = {
  readonly partition: number | string;
  readonly firstSequence?: number;
  readonly messages: readonly Message[];
};

/** What kafkajs builds a produce request from. */
export type ProduceOptions = {
  readonly acks: number;
  readonly timeout: number;
  readonly transactionalId?: string | null;
  readonly producerId?: unknown;
  readonly producerEpoch?: number;
  readonly compression?: number;
  readonly topicData: readonly { readonly topic: string; readonly partitions: readonly PartitionData[] }[];
};

/** kafkajs's own writer of requests. */
export type Encoder = {
  buf: Buffer;
  offset: number;
  readonly buffer: Buffer;
  writeInt16(value: number): Encoder;
  writeInt32(value: number): Encoder;
  writeString(value: string | null): Encoder;
  writeBytes(value: Buffer): Encoder;
};

type ProduceRequest = { readonly encode: () => Promise<Encoder> };
export type BuildProduceRequest = (options: ProduceOptions) => ProduceRequest;

const require = createRequire(import.meta.url);
const Encoder = require('kafkajs/src/protocol/encoder') as new (initialSize?: number) => Encoder;
const { lookupCodec } = require('kafkajs/src/protocol/message/compression') as {
  lookupCodec: (type: number) => { compress(encoder: { readonly buffer: Buffer }): Promise<Buffer> };
};
const modulePath = require.resolve('kafkajs/src/protocol/requests/produce/v3/request');

const inTransaction = 16;

const compressWith = (type: number): Compress | undefined =>
  type === 0 ? undefined : (records) => lookupCodec(type).compress({ buffer: records });

const encode = async (options: ProduceOptions): Promise<Encoder> => {
  const {
    acks,
    timeout,
    transactionalId = null,
    producerId = -1,
    producerEpoch = 0,
    compression = 0,
  } = options;
  const compress = compressWith(compression);
  const frame = {
    attributes: compression | (transactionalId === null ? 0 : inTransaction),
    timestamp: Date.now(),
    producerId: BigInt(String(producerId)),
    producerEpoch,
  };
  const encoder = new Encoder().writeString(transactionalId).writeInt16(acks).writeInt32(timeout);
  encoder.writeInt32(options.topicData.length);
  for (const { topic, partitions } of options.topicData) {
    encoder.writeString(topic).writeInt32(partitions.length);
    for (const { partition, messages, firstSequence = 0 } of partitions) {
      const batch = await encodeRecordBatch(
        messages as readonly PlainMessage[],
        { ...frame, firstSequence },
        compress,
      );
      encoder.writeInt32(Number(partition)).writeBytes(batch);
    }
  }
  return encoder;
};

const isPlain = ({ topicData }: ProduceOptions): boolean =>
  topicData.every(({ partitions }) =>
    partitions.every(({ messages }) => messages.length > 0 && messages.every(isPlainMessage)),
  );

const fixed = Symbol.for('contact-sync.produce-request-fixed');

/** kafkajs's own way to build a produce request, and ours where the messages are plain: the same bytes for less. */
export const withFastEncoding =
  (original: BuildProduceRequest): BuildProduceRequest =>
  (options) => {
    const request = original(options);
    return isPlain(options) ? { ...request, encode: () => encode(options) } : request;
  };

/**
 * Has every producer of the process write record batches with our encoder: kafkajs 2.2.4 makes some twenty buffers and
 * as many objects for each record, which is a third of what an ingested event costs. Versions 3 to 7 of the request are
 * all built on the one module that is replaced here, and kafkajs loads it at the first produce. Idempotent.
 */
export const fixProduceRequest = (): void => {
  const original = require(modulePath) as BuildProduceRequest & { [fixed]?: true };
  const cached = require.cache[modulePath];
  if (cached === undefined || original[fixed]) return;
  cached.exports = Object.assign(withFastEncoding(original), { [fixed]: true });
};
