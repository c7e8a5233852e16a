import { setTimeout as delay } from 'node:timers/promises';
import type { Consumer } from 'kafkajs';
import type { Codec } from '../avro/codec.ts';
import { backoffMs } from '../backoff.ts';
import type { KafkaClient } from '../client/create-kafka-client.ts';
import type { Logger } from '../logger.ts';
import type { Producer } from '../producer/producer.ts';
import { createConsumeBatch } from './consume-batch.ts';
import type { Handler } from './handler.ts';
import { type ConsumerHooks, settledHook } from './hooks.ts';
import { createSettler } from './settle.ts';
import { createWorkOff } from './work-off.ts';

export type BatchConsumerOptions<Value> = {
  readonly client: KafkaClient;
  readonly codec: Codec;
  /** Writes the dead letters; must be connected by its owner and outlive the consumer. */
  readonly producer: Pick<Producer, 'sendRaw'>;
  readonly groupId: string;
  readonly handler: Handler<Value>;
  readonly logger: Logger;
  readonly hooks?: Partial<ConsumerHooks>;
  /** The consumer has stopped for good through a fault that it cannot heal: the process should end. */
  readonly onFatal: (error: Error) => void;
  /** Records handed over in one call, 200 by default. */
  readonly maxBatch?: number;
  /** Partitions worked off at the same time, 4 by default. */
  readonly concurrency?: number;
  /** How long a handler may take for one batch, 20,000 by default. */
  readonly timeoutMs?: number;
  /** Attempts after which `retryLater` ends as a dead letter, 5 by default. */
  readonly maxAttempts?: number;
  /** The waits of a partition after faults of a whole batch; 250 ms doubling to 30 s by default. */
  readonly backoff?: { readonly firstMs: number; readonly maxMs: number };
  /** How long the group waits for a member that is silent, 30,000 by default. */
  readonly sessionTimeoutMs?: number;
  /** How long {@link BatchConsumer.stop} waits for the batch in flight, 8,000 by default. */
  readonly stopGraceMs?: number;
};

export type BatchConsumer = {
  /**
   * Joins the group, and tries again until that works or the consumer is stopped. Resolves then and never rejects. A
   * group that has committed nothing yet begins with the oldest record.
   */
  start(): Promise<void>;
  /** Whether this member is in its group and its partitions are being read. */
  healthy(): boolean;
  /** Finishes and commits the batch in flight (or gives it up after the grace), leaves the group, disconnects. */
  stop(): Promise<void>;
};

/**
 * Reads the handler's topics under a group. At least once: offsets are committed after the outcomes are durable, and no
 * fault of a handler, a record, the registry or the dead-letter topic stops the consumer or skips a record.
 */
export const createBatchConsumer = <Value>(options: BatchConsumerOptions<Value>): BatchConsumer => {
  const { client, codec, producer, handler, logger, hooks = {} } = options;
  const sessionTimeoutMs = options.sessionTimeoutMs ?? 30_000;
  const heartbeatMs = Math.min(3_000, Math.floor(sessionTimeoutMs / 5));
  const stopping = new AbortController();
  const giveUp = new AbortController();
  let isMember = false;
  let lastSignAt = 0;

  const consumer = client.kafka.consumer({
    groupId: options.groupId,
    sessionTimeout: sessionTimeoutMs,
    rebalanceTimeout: 2 * sessionTimeoutMs,
    heartbeatInterval: heartbeatMs,
    // Leaving waits for a fetch that waits.
    maxWaitTimeInMs: 500,
    allowAutoTopicCreation: false,
    retry: { initialRetryTime: 100, maxRetryTime: 2_000, retries: 8, restartOnFailure: async () => true },
  });

  const consumeBatch = createConsumeBatch({
    workOff: createWorkOff({
      codec,
      handler,
      timeoutMs: options.timeoutMs ?? 20_000,
      settle: createSettler({
        publish: (record) => producer.sendRaw(record),
        maxAttempts: options.maxAttempts ?? 5,
        onSettled: settledHook(hooks),
      }),
    }),
    maxBatch: options.maxBatch ?? 200,
    heartbeatMs,
    backoff: options.backoff ?? { firstMs: 250, maxMs: 30_000 },
    stop: giveUp.signal,
    hooks,
    logger,
  });

  watch(consumer, {
    sign: () => {
      lastSignAt = Date.now();
    },
    joined: (assignment) => {
      isMember = true;
      hooks.onAssigned?.(assignment);
    },
    rebalancing: () => hooks.onRebalancing?.(),
    gone: () => {
      isMember = false;
    },
    fatal: options.onFatal,
  });

  const join = async (): Promise<void> => {
    await consumer.connect();
    await consumer.subscribe({ topics: handler.contracts.map(({ topic }) => topic), fromBeginning: true });
    await consumer.run({
      autoCommit: false,
      eachBatchAutoResolve: false,
      partitionsConsumedConcurrently: options.concurrency ?? 4,
      eachBatch: consumeBatch,
    });
  };

  return {
    async start() {
      for (let attempt = 1; !stopping.signal.aborted; attempt += 1) {
        try {
          return await join();
        } catch (error) {
          const level = attempt === 1 ? 'warn' : 'debug';
          logger[level]({ err: error, attempt }, 'the Kafka consumer cannot start; trying on');
          const waitMs = backoffMs(attempt, { firstMs: 100, maxMs: 2_000 });
          await delay(waitMs, undefined, { signal: stopping.signal }).catch(() => undefined);
        }
      }
    },
    healthy: () => isMember && Date.now() - lastSignAt < sessionTimeoutMs,
    async stop() {
      stopping.abort();
      const timer = setTimeout(() => giveUp.abort(new Error('stopped')), options.stopGraceMs ?? 8_000);
      try {
        await consumer.disconnect();
      } finally {
        clearTimeout(timer);
        isMember = false;
      }
    },
  };
};

type Watcher = {
  readonly sign: () => void;
  readonly joined: (assignment: Readonly<Record<string, readonly number[]>>) => void;
  readonly rebalancing: () => void;
  readonly gone: () => void;
  readonly fatal: (error: Error) => void;
};

/** Turns kafkajs's events into what the consumer needs to know of its membership. */
const watch = (consumer: Consumer, watcher: Watcher): void => {
  const { events } = consumer;
  consumer.on(events.GROUP_JOIN, ({ payload }) => {
    watcher.sign();
    watcher.joined(payload.memberAssignment);
  });
  consumer.on(events.HEARTBEAT, watcher.sign);
  consumer.on(events.FETCH, watcher.sign);
  consumer.on(events.REBALANCING, watcher.rebalancing);
  consumer.on(events.DISCONNECT, watcher.gone);
  consumer.on(events.CRASH, ({ payload }) => {
    watcher.gone();
    if (!payload.restart) watcher.fatal(payload.error);
  });
};
