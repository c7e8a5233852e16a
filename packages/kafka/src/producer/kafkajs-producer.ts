import type { IHeaders, Producer } from 'kafkajs';
import { type Compression, compressionType } from '../client/compression.ts';
import type { KafkaClient } from '../client/create-kafka-client.ts';
import type { Logger } from '../logger.ts';
import type { Outgoing, Receipt } from './outgoing.ts';
import { notingPartitioner } from './partitioner.ts';
import { receiptsOf, type Sent } from './receipts.ts';

/** Closes a producer that nobody uses any more; never rejects. */
export const closeProducer = async (producer: Producer, logger: Logger): Promise<void> => {
  try {
    await producer.disconnect();
  } catch (error) {
    logger.debug({ err: error }, 'a Kafka producer did not close');
  }
};

/** Resolves when a broker has answered; what it asks is of no account, and nothing is written. */
export const probeProducer = async (producer: Producer): Promise<void> => {
  await producer.sendBatch({ topicMessages: [] });
};

/** A connected idempotent producer with an id of its own, for which a probe so often has to reach a broker. */
export const openProducer = async (
  client: KafkaClient,
  logger: Logger,
  probeEveryMs: number,
): Promise<Producer> => {
  const producer = client.kafka.producer({
    idempotent: true,
    maxInFlightRequests: 1,
    allowAutoTopicCreation: false,
    // Old metadata is renewed before the next request; it has to be old by the next probe.
    metadataMaxAge: 0.8 * probeEveryMs,
    createPartitioner: notingPartitioner,
    // Few, against kafkajs's endless ones: who gives up is replaced, and its records' senders repeat.
    retry: { initialRetryTime: 100, maxRetryTime: 500, factor: 0.2, multiplier: 2, retries: 5 },
  });
  try {
    await producer.connect();
    return producer;
  } catch (error) {
    void closeProducer(producer, logger);
    throw error;
  }
};

const byTopic = (sent: readonly Sent[]) =>
  [...Map.groupBy(sent, ({ topic }) => topic)].map(([topic, entries]) => ({
    topic,
    messages: entries.map(({ message }) => message),
  }));

/** One request for all topics of the batch, acks from all in-sync replicas; the receipts in the batch's order. */
export const sendBatch = async (
  producer: Producer,
  batch: readonly Outgoing[],
  compression: Compression,
): Promise<Receipt[]> => {
  const sent = batch.map(({ record: { topic, key, value, headers } }) => ({
    topic,
    // kafkajs's type knows no null; our encoder writes it (ADR 15).
    message: { key, value, headers: headers as IHeaders },
  }));
  const answer = await producer.sendBatch({
    acks: -1,
    compression: compressionType(compression),
    topicMessages: byTopic(sent),
  });
  return receiptsOf(sent, answer);
};
