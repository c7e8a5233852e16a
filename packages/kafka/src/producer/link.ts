import { setTimeout as delay } from 'node:timers/promises';
import type { Producer as KafkajsProducer, Message } from 'kafkajs';
import { backoffMs } from '../backoff.ts';
import { type Compression, compressionType } from '../client/compression.ts';
import type { KafkaClient } from '../client/create-kafka-client.ts';
import type { Logger } from '../logger.ts';
import type { Outgoing, Receipt } from './outgoing.ts';
import { receiptsOf, rememberingPartitioner } from './receipts.ts';

export type LinkOptions = {
  readonly client: KafkaClient;
  readonly logger: Logger;
  readonly compression: Compression;
  /** What else must stand before the link counts as up; tried again until it does. */
  readonly prepare: () => Promise<void>;
  readonly onUp: () => void;
};

/**
 * The one idempotent kafkajs producer of a process, and its successors. A producer that has failed once is never used
 * again: kafkajs winds its sequence numbers back when it gives up, and the next batch under the old producer id, if it
 * is as long as one that did arrive, would be acknowledged as a repeat of that one and be lost.
 */
export const createLink = ({ client, logger, compression, prepare, onUp }: LinkOptions) => {
  const stop = new AbortController();
  let producer: KafkajsProducer | undefined;
  let abandonSend: ((error: Error) => void) | undefined;
  let connecting: Promise<void> | undefined;

  const release = (old: KafkajsProducer) =>
    old
      .disconnect()
      .catch((error: unknown) => logger.debug({ err: error }, 'a Kafka producer did not close'));

  const connectOnce = async (): Promise<KafkajsProducer> => {
    await prepare();
    const next = client.kafka.producer({
      idempotent: true,
      maxInFlightRequests: 1,
      allowAutoTopicCreation: false,
      createPartitioner: rememberingPartitioner,
      retry: { initialRetryTime: 100, maxRetryTime: 500, retries: 5 },
    });
    try {
      await next.connect();
      return next;
    } catch (error) {
      void release(next);
      throw error;
    }
  };

  const connect = async (): Promise<void> => {
    for (let attempt = 1; !stop.signal.aborted; attempt += 1) {
      try {
        const next = await connectOnce();
        if (stop.signal.aborted) return void release(next);
        producer = next;
        logger.info({ attempt }, 'the Kafka producer is connected');
        return onUp();
      } catch (error) {
        const level = attempt === 1 ? 'warn' : 'debug';
        logger[level]({ err: error, attempt }, 'the Kafka producer cannot connect; trying on');
        const waitMs = backoffMs(attempt, { firstMs: 100, maxMs: 2_000 });
        await delay(waitMs, undefined, { signal: stop.signal }).catch(() => undefined);
      }
    }
  };

  const connectInBackground = () => {
    connecting ??= connect().finally(() => {
      connecting = undefined;
    });
    return connecting;
  };

  /** Puts a producer away for good and begins with its successor. */
  const discard = (old: KafkajsProducer, settled: Promise<unknown>) => {
    if (producer !== old) return;
    producer = undefined;
    void release(old);
    // A send that is given up may connect the old producer once more while it tries on.
    void settled.catch(() => undefined).then(() => release(old));
    if (!stop.signal.aborted) void connectInBackground();
  };

  const sendWith = async (current: KafkajsProducer, batch: readonly Outgoing[]): Promise<Receipt[]> => {
    const sent = batch.map(({ record }) => ({ topic: record.topic, message: messageOf(record) }));
    const answer = current.sendBatch({
      acks: -1,
      compression: compressionType(compression),
      topicMessages: byTopic(sent),
    });
    const givenUp = new Promise<never>((_, reject) => {
      abandonSend = reject;
    });
    try {
      return receiptsOf(sent, await Promise.race([answer, givenUp]));
    } catch (error) {
      discard(current, answer);
      throw error;
    }
  };

  return {
    isUp: () => producer !== undefined,
    /** Resolves when the link is up for the first time from now, or closed; never rejects. */
    connect: (): Promise<void> => (producer === undefined ? connectInBackground() : Promise.resolve()),
    /** Sends one batch with acks from all in-sync replicas. Whatever fails, a new producer is built. */
    send(batch: readonly Outgoing[]): Promise<Receipt[]> {
      return producer === undefined
        ? Promise.reject(new Error('the producer is not connected'))
        : sendWith(producer, batch);
    },
    /** Gives up the send in flight, whose senders have all gone. */
    abandon: () => abandonSend?.(new Error('given up after the deadline')),
    async close(): Promise<void> {
      stop.abort();
      const last = producer;
      producer = undefined;
      if (last !== undefined) await release(last);
    },
  };
};

export type Link = ReturnType<typeof createLink>;

const messageOf = ({ key, value, headers }: Outgoing['record']): Message => ({ key, value, headers });

const byTopic = (sent: readonly { readonly topic: string; readonly message: Message }[]) =>
  [...Map.groupBy(sent, ({ topic }) => topic)].map(([topic, entries]) => ({
    topic,
    messages: entries.map(({ message }) => message),
  }));
