import type { ConnectionOptions } from 'node:tls';
import { type Consumer, type ConsumerConfig, Kafka, type SASLOptions } from 'kafkajs';
import type { Logger } from '../logger.ts';
import { registerCodecs } from './compression.ts';
import { createLogCreator } from './log-creator.ts';
import { fixProduceRequest } from './produce-request.ts';
import { fixRecordReading } from './record-reading-fix.ts';
import { fixRequestQueue } from './request-queue-fix.ts';

export type SaslOptions = {
  readonly mechanism: 'plain' | 'scram-sha-256' | 'scram-sha-512';
  readonly username: string;
  readonly password: string;
};

export type KafkaClientOptions = {
  /** `host:port` of some brokers; the rest is found from them. */
  readonly brokers: readonly string[];
  /** How the brokers' logs call us. */
  readonly clientId: string;
  /** True for the system's trusted roots, or the options of node:tls. Absent: no TLS. */
  readonly tls?: boolean | ConnectionOptions;
  readonly sasl?: SaslOptions;
  readonly logger: Logger;
};

/** A cluster's address and how to speak to it; opens no connection. Producers, consumers and the deploy step take it. */
export type KafkaClient = {
  readonly kafka: Omit<Kafka, 'consumer'>;
  /**
   * A consumer that shares nothing with others. Those of one {@link Kafka} have the committed offsets of their group in
   * common, and at a rebalance kafkajs 2.2.4 empties them for each member and puts back the topics of that member alone:
   * another that reads one of the others can stop for good then (tulios/kafkajs#1535).
   */
  readonly openConsumer: (config: ConsumerConfig) => Consumer;
};

export const createKafkaClient = (options: KafkaClientOptions): KafkaClient => {
  fixRequestQueue();
  fixProduceRequest();
  fixRecordReading();
  registerCodecs();
  const open = () =>
    new Kafka({
      brokers: [...options.brokers],
      clientId: options.clientId,
      ...(options.tls === undefined ? {} : { ssl: options.tls }),
      ...(options.sasl === undefined ? {} : { sasl: options.sasl as SASLOptions }),
      logCreator: createLogCreator(options.logger),
      connectionTimeout: 2_000,
      // Fetches and joins have longer ones of their own. A frozen broker must not hold a produce for kafkajs's 30 s.
      requestTimeout: 10_000,
      retry: { initialRetryTime: 100, maxRetryTime: 1_000, retries: 5 },
    });
  return { kafka: open(), openConsumer: (config) => open().consumer(config) };
};
