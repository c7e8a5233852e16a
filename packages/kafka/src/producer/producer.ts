import type { Codec } from '../avro/codec.ts';
import type { Compression } from '../client/compression.ts';
import type { KafkaClient } from '../client/create-kafka-client.ts';
import type { RecordHeaders, TopicContract, TopicReader } from '../contracts/topic-contract.ts';
import type { Logger } from '../logger.ts';
import { inSendSpan } from '../tracing/send-span.ts';
import { BatchSender, type BatchSenderOptions, type SentBatch } from './batch-sender.ts';
import { Link } from './link.ts';
import type { RawRecord, Receipt } from './outgoing.ts';

export type ProducerOptions = {
  readonly client: KafkaClient;
  readonly codec: Codec;
  /** The topics that `send` will be called for: their schema ids belong to being healthy. */
  readonly contracts: readonly TopicReader<unknown>[];
  readonly logger: Logger;
  /** How long the first record of a batch waits for company while nothing is in flight; 0 by default. */
  readonly lingerMs?: number;
  /** Records in one batch; 500 by default. */
  readonly maxBatchRecords?: number;
  /** Bytes in one batch; 900,000 by default. Keep it below the topics' max.message.bytes. */
  readonly maxBatchBytes?: number;
  /** Bytes in one record; 1,900,000 by default. Keep it below the topics' max.message.bytes. */
  readonly maxRecordBytes?: number;
  /** Records that may wait; 10,000 by default. */
  readonly maxQueueRecords?: number;
  /** Bytes that may wait; 64 MiB by default. */
  readonly maxQueueBytes?: number;
  /** From the call to the broker's ack; 3,000 by default. */
  readonly deadlineMs?: number;
  /** How long without a send until the broker is asked for a sign; 5,000 by default. */
  readonly probeEveryMs?: number;
  /** 'none' by default. */
  readonly compression?: Compression;
  /** Hears of each request to the brokers that ended. */
  readonly onBatch?: (batch: SentBatch) => void;
};

export type Producer = {
  /**
   * Connects and looks up the schema ids, and tries again until both stand or the producer is closed. Resolves then and
   * never rejects, so a service may start without waiting: {@link healthy} tells. Sends meanwhile fail (no schema id yet)
   * or wait up to their deadline (no broker yet).
   */
  connect(): Promise<void>;
  /**
   * Resolves once all in-sync replicas have the record. Rejects with AppError: OVERLOADED (retryable) when the queue is
   * full, DEPENDENCY_UNAVAILABLE (retryable) when there is no ack by the deadline or the broker refuses,
   * PAYLOAD_TOO_LARGE, INVALID_EVENT, SHUTTING_DOWN. After DEPENDENCY_UNAVAILABLE the record may be in the log all the
   * same: repeat it, consumers know repeats. Records of one key keep the order of the calls unless one of them fails.
   * The trace context of the caller travels as `traceparent`, unless given among the headers.
   */
  send<Value>(
    contract: TopicContract<Value>,
    record: { readonly value: NoInfer<Value>; readonly headers?: RecordHeaders },
  ): Promise<Receipt>;
  /** As {@link send}, for bytes that are passed on as they are (retry tiers, dead letters). */
  sendRaw(record: RawRecord): Promise<Receipt>;
  /** Whether the last thing tried with the broker worked and all schema ids are known. */
  healthy(): boolean;
  /** What waits or is in flight; for metrics. */
  pending(): { readonly records: number; readonly bytes: number };
  /** Takes no more, sends what waits (each up to its deadline), disconnects. */
  close(): Promise<void>;
};

const senderOptions = (options: ProducerOptions): BatchSenderOptions => ({
  lingerMs: options.lingerMs ?? 0,
  batch: { maxRecords: options.maxBatchRecords ?? 500, maxBytes: options.maxBatchBytes ?? 900_000 },
  queue: {
    maxRecords: options.maxQueueRecords ?? 10_000,
    maxBytes: options.maxQueueBytes ?? 64 * 1024 * 1024,
  },
  maxRecordBytes: options.maxRecordBytes ?? 1_900_000,
  deadlineMs: options.deadlineMs ?? 3_000,
  ...(options.onBatch && { onBatch: options.onBatch }),
});

/** A producer: idempotent, acks from all, batches that clock themselves (one in flight, the next gathers). */
export const createProducer = (options: ProducerOptions): Producer => {
  const { client, codec, contracts, logger, compression = 'none' } = options;
  const prepare = () => codec.prepare(contracts);
  const link = new Link({
    client,
    logger,
    compression,
    prepare,
    onUp: () => sender.flush(),
    probeEveryMs: options.probeEveryMs ?? 5_000,
  });
  const sender = new BatchSender(link, senderOptions(options));

  return {
    connect: () => link.connect(),
    async send(contract, { value, headers }) {
      const { topic } = contract;
      const record = { topic, key: contract.keyOf(value), value: codec.encode(contract, value) };
      return inSendSpan(topic, { ...contract.headersOf(value), ...headers }, (own) =>
        sender.send({ ...record, headers: own }),
      );
    },
    sendRaw: (record) => sender.send(record),
    healthy: () => link.isUp() && contracts.every((contract) => codec.isPrepared(contract)),
    pending: () => sender.pending(),
    async close() {
      await sender.drain();
      await link.close();
    },
  };
};
