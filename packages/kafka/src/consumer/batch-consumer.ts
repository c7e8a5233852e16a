import type { Codec } from '../avro/codec.ts';
import type { KafkaClient } from '../client/create-kafka-client.ts';
import { keepTrying } from '../keep-trying.ts';
import type { Logger } from '../logger.ts';
import type { Producer } from '../producer/producer.ts';
import { createConsumeBatch } from './consume-batch.ts';
import type { Handler } from './handler.ts';
import { type ConsumerHooks, guardHooks } from './hooks.ts';
import { watchMembership } from './membership.ts';
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
  /** How often the group hears of this member, and it of rebalances; a fifth of the session by default, 3,000 at most. */
  readonly heartbeatMs?: number;
  /** How long {@link BatchConsumer.stop} waits for the batch in flight, 5,000 by default. */
  readonly stopGraceMs?: number;
};

export type BatchConsumer = {
  /**
   * Joins the group, and tries on until that works. Resolves when this member has joined (or is stopped before) and
   * never rejects. A group that has committed nothing yet begins with the oldest record.
   */
  start(): Promise<void>;
  /** Whether this member is in its group and its partitions are being read. */
  healthy(): boolean;
  /** Finishes and commits the batch in flight (or gives it up after the grace), leaves the group, disconnects. */
  stop(): Promise<void>;
};

type Liveness = { readonly sessionMs: number; readonly heartbeatMs: number };

const livenessOf = ({
  sessionTimeoutMs: sessionMs = 30_000,
  heartbeatMs = Math.min(3_000, Math.floor(sessionMs / 5)),
}: Pick<BatchConsumerOptions<never>, 'sessionTimeoutMs' | 'heartbeatMs'>): Liveness => ({
  sessionMs,
  heartbeatMs,
});

const openConsumer = (
  { client, groupId }: Pick<BatchConsumerOptions<never>, 'client' | 'groupId'>,
  { sessionMs, heartbeatMs }: Liveness,
) =>
  client.kafka.consumer({
    groupId,
    sessionTimeout: sessionMs,
    rebalanceTimeout: 2 * sessionMs,
    heartbeatInterval: heartbeatMs,
    // Leaving the group waits for a fetch that waits.
    maxWaitTimeInMs: 500,
    allowAutoTopicCreation: false,
    retry: {
      initialRetryTime: 100,
      maxRetryTime: 2_000,
      factor: 0.2,
      multiplier: 2,
      retries: 8,
      restartOnFailure: async () => true,
    },
  });

/** The way of a batch, from the bytes to the commit, by the consumer's options. */
const consumeBatchOf = <Value>(
  options: BatchConsumerOptions<Value>,
  { hooks, heartbeatMs, stop }: { hooks: ConsumerHooks; heartbeatMs: number; stop: AbortSignal },
) => {
  const { codec, handler, producer, logger } = options;
  const settle = createSettler({
    publish: (record) => producer.sendRaw(record),
    maxAttempts: options.maxAttempts ?? 5,
    onSettled: ({ origin }, outcome) => hooks.onSettled({ origin, outcome }),
  });
  return createConsumeBatch({
    workOff: createWorkOff({ codec, handler, timeoutMs: options.timeoutMs ?? 20_000, settle }),
    maxBatch: options.maxBatch ?? 200,
    heartbeatMs,
    backoff: options.backoff ?? { firstMs: 250, maxMs: 30_000 },
    stop,
    hooks,
    logger,
  });
};

/**
 * Reads the handler's topics under a group. At least once: offsets are committed after the outcomes are durable, and no
 * fault of a handler, a record, the registry or the dead-letter topic stops the consumer or skips a record.
 */
export const createBatchConsumer = <Value>(options: BatchConsumerOptions<Value>): BatchConsumer => {
  const { handler, logger, onFatal } = options;
  const liveness = livenessOf(options);
  const hooks = guardHooks(options.hooks ?? {}, logger);
  const stopping = new AbortController();
  const giveUp = new AbortController();
  const stopped = Promise.withResolvers<void>();
  const consumer = openConsumer(options, liveness);
  const membership = watchMembership(consumer, { hooks, logger, onFatal, silenceMs: liveness.sessionMs });
  const consumeBatch = consumeBatchOf(options, {
    hooks,
    heartbeatMs: liveness.heartbeatMs,
    stop: giveUp.signal,
  });

  const run = async (): Promise<void> => {
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
      const text = 'the Kafka consumer cannot start; trying on';
      await keepTrying(run, { signal: stopping.signal, logger, text });
      await Promise.race([membership.joined, stopped.promise]);
    },
    healthy: membership.isHealthy,
    async stop() {
      stopping.abort();
      const timer = setTimeout(() => giveUp.abort(new Error('stopped')), options.stopGraceMs ?? 5_000);
      try {
        await consumer.disconnect();
      } finally {
        clearTimeout(timer);
        membership.leave();
        stopped.resolve();
      }
    },
  };
};
