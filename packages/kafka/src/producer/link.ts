import type { Producer } from 'kafkajs';
import type { Compression } from '../client/compression.ts';
import type { KafkaClient } from '../client/create-kafka-client.ts';
import { keepTrying } from '../keep-trying.ts';
import type { Logger } from '../logger.ts';
import { closeProducer, openProducer, probeProducer, sendBatch } from './kafkajs-producer.ts';
import type { Outgoing, Receipt } from './outgoing.ts';

export type LinkOptions = {
  readonly client: KafkaClient;
  readonly logger: Logger;
  readonly compression: Compression;
  /** What else must stand before the link counts as up; tried again until it does. */
  readonly prepare: () => Promise<void>;
  readonly onUp: () => void;
  /** After this long without a send the broker is asked for a sign, so that being up is never older than that. */
  readonly probeEveryMs: number;
};

/**
 * The one kafkajs producer of a process, and its successors. A producer that has failed once is never used again:
 * kafkajs winds its sequence numbers back when it gives up, and the next batch under the old producer id, if it is as
 * long as one that did arrive, would be acknowledged as a repeat of that one and be lost.
 */
export class Link {
  readonly #options: LinkOptions;
  readonly #stop = new AbortController();
  #producer: Producer | undefined;
  #connecting: Promise<void> | undefined;
  #giveUp: ((error: Error) => void) | undefined;
  #probeTimer: NodeJS.Timeout | undefined;

  constructor(options: LinkOptions) {
    this.#options = options;
  }

  isUp(): boolean {
    return this.#producer !== undefined;
  }

  /** Resolves when the link is up, or closed; never rejects. */
  connect(): Promise<void> {
    if (this.isUp()) return Promise.resolve();
    this.#connecting ??= this.#keepConnecting().finally(() => {
      this.#connecting = undefined;
    });
    return this.#connecting;
  }

  /** Sends one batch. Whatever it fails with, a new producer is built before the next. */
  async send(batch: readonly Outgoing[]): Promise<Receipt[]> {
    const producer = this.#producer;
    if (producer === undefined) throw new Error('the producer is not connected');
    const answer = sendBatch(producer, batch, this.#options.compression);
    const givenUp = new Promise<never>((_, reject) => {
      this.#giveUp = reject;
    });
    try {
      const receipts = await Promise.race([answer, givenUp]);
      this.#probeTimer?.refresh();
      return receipts;
    } catch (error) {
      this.#replace(producer, answer);
      throw error;
    }
  }

  /** Makes the send in flight fail; for one whose senders have all gone. */
  abandon(): void {
    this.#giveUp?.(new Error('given up after the deadline'));
  }

  async close(): Promise<void> {
    this.#stop.abort();
    clearInterval(this.#probeTimer);
    const last = this.#producer;
    this.#producer = undefined;
    if (last !== undefined) await closeProducer(last, this.#options.logger);
  }

  async #keepConnecting(): Promise<void> {
    const { client, logger, prepare, onUp, probeEveryMs } = this.#options;
    const text = 'the Kafka producer cannot connect; trying on';
    await keepTrying(
      async () => {
        await prepare();
        this.#producer = await openProducer(client, logger, probeEveryMs);
      },
      { signal: this.#stop.signal, logger, text },
    );
    if (this.#stop.signal.aborted) return this.close();
    this.#probeTimer = setInterval(() => void this.#probe(), probeEveryMs).unref();
    logger.info({}, 'the Kafka producer is connected');
    onUp();
  }

  async #probe(): Promise<void> {
    const producer = this.#producer;
    if (producer === undefined) return;
    const answer = probeProducer(producer);
    const silence = Promise.withResolvers<never>();
    const timer = setTimeout(
      () => silence.reject(new Error('the broker gives no sign')),
      this.#options.probeEveryMs,
    ).unref();
    try {
      await Promise.race([answer, silence.promise]);
    } catch (error) {
      this.#options.logger.warn({ err: error }, 'the Kafka producer lost its broker');
      this.#replace(producer, answer);
    } finally {
      clearTimeout(timer);
    }
  }

  #replace(old: Producer, answer: Promise<unknown>): void {
    const { logger } = this.#options;
    // A request that was given up may yet connect the old producer once more.
    void answer.catch(() => undefined).then(() => closeProducer(old, logger));
    if (this.#producer !== old) return;
    this.#producer = undefined;
    clearInterval(this.#probeTimer);
    void closeProducer(old, logger);
    if (!this.#stop.signal.aborted) void this.connect();
  }
}
