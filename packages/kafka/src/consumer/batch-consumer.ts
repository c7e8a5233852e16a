import type { Codec } from '../avro/codec.ts';
import type { BackoffOptions } from '../backoff.ts';
import type { KafkaClient } from '../client/create-kafka-client.ts';
import type { RetryLadder } from '../contracts/topic-names.ts';
import type { Logger } from '../logger.ts';
import type { Producer } from '../producer/producer.ts';
import { brakeSyncMs, createBrake } from './brake.ts';
import type { Braked, BrakeStore } from './brake-store.ts';
import { createBreaker } from './breaker.ts';
import { createConsumeBatch } from './consume-batch.ts';
import { createGroupReader } from './group-reader.ts';
import { createHandleRecords } from './handle-records.ts';
import type { Handler } from './handler.ts';
import { type ConsumerHooks, guardHooks } from './hooks.ts';
import { createRecordReader } from './incoming-record.ts';
import type { OutcomeRecorder } from './outcome-recorder.ts';
import { createRoutes } from './route.ts';
import { createSettler } from './settle.ts';
import { createWorkOff } from './work-off.ts';

export type BatchConsumerOptions<Value> = {
  readonly client: KafkaClient;
  readonly codec: Codec;
  /** Writes retries and dead letters; must be connected by its owner and outlive the consumer. */
  readonly producer: Pick<Producer, 'sendRaw'>;
  readonly groupId: string;
  readonly handler: Handler<Value>;
  /** Where records wait that failed for a while; without one they are dead letters at once. */
  readonly ladder?: RetryLadder;
  /** Keeps what became of each record; without one nobody does. */
  readonly recorder?: OutcomeRecorder<Value>;
  /** Where the copies of the group share their brake; without one each process has its own. */
  readonly brakeStore?: BrakeStore;
  readonly logger: Logger;
  readonly hooks?: Partial<ConsumerHooks>;
  /** The consumer has stopped for good through a fault that it cannot heal: the process should end. */
  readonly onFatal: (error: Error) => void;
  /** Records handed over in one call, 200 by default. */
  readonly maxBatch?: number;
  /** Partitions worked off at the same time, slow ones aside; 4 by default. */
  readonly concurrency?: number;
  /** How long a handler may take for one batch, 20,000 by default. */
  readonly timeoutMs?: number;
  /** The waits after faults of a whole batch; 250 ms doubling to 30 s by default. */
  readonly backoff?: BackoffOptions;
  /** The waits between two tries whether a braked group may go on; 1 s doubling to 60 s by default. */
  readonly brakeProbes?: BackoffOptions;
  /** How long the group waits for a member that is silent, 6,000 by default: the least that a broker takes by default. */
  readonly sessionTimeoutMs?: number;
  /** How often the group hears of this member, and it of rebalances; a fifth of the session by default. */
  readonly heartbeatMs?: number;
  /** How long {@link BatchConsumer.stop} waits for the batch in flight, 5,000 by default. */
  readonly stopGraceMs?: number;
};

export type BatchConsumer = {
  /**
   * Joins the group and that of its ladder, and tries on until that works. Resolves when this member has joined (or is
   * stopped before) and never rejects. A group that has committed nothing yet begins with the oldest record.
   */
  start(): Promise<void>;
  /** Whether this member is in its groups and its partitions are being read. */
  healthy(): boolean;
  /** Whether it has stopped reading though the broker is there, for 25 s: only a new process helps. */
  frozen(): boolean;
  /** Why the group is paused, if too much of it fails alike. */
  braked(): Braked | undefined;
  /** Finishes and commits the batch in flight (or gives it up after the grace), leaves the groups, disconnects. */
  stop(): Promise<void>;
};

const createParts = <Value>(options: BatchConsumerOptions<Value>, hooks: ConsumerHooks) => {
  const { codec, groupId, handler, ladder, logger, recorder, timeoutMs = 20_000 } = options;
  const { backoff = { firstMs: 250, maxMs: 30_000 }, brakeProbes, brakeStore } = options;
  const brake = createBrake({
    logger,
    onChange: hooks.onBrake,
    ...(brakeStore !== undefined && { store: brakeStore }),
    ...(brakeProbes !== undefined && { probes: brakeProbes }),
  });
  const breakers = { handler: createBreaker(backoff), recorder: createBreaker(backoff) };
  const settle = createSettler<Value>({
    publish: (record) => options.producer.sendRaw(record),
    routes: createRoutes({
      topics: handler.contracts.map(({ topic }) => topic),
      ...(ladder !== undefined && { ladder }),
    }),
    onSettled: hooks.onSettled,
    ...(recorder !== undefined && { recorder }),
  });
  const handle = createHandleRecords({ handler, timeoutMs, breaker: breakers.handler });
  const workOff = createWorkOff({
    codec,
    contracts: handler.contracts,
    handle,
    settle,
    breakers,
    brake,
    groupId,
  });
  return { brake, workOff, backoff };
};

/**
 * Reads the handler's topics under a group, and the tiers of its ladder under another. At least once: offsets are committed
 * after the outcomes are durable and recorded, and no fault of a handler, a record, the registry or the dead-letter topic
 * stops the consumer or skips a record.
 */
export const createBatchConsumer = <Value>(options: BatchConsumerOptions<Value>): BatchConsumer => {
  const { client, groupId, handler, ladder, logger, onFatal, concurrency = 4 } = options;
  const { sessionTimeoutMs: sessionMs = 6_000, heartbeatMs = Math.floor(sessionMs / 5) } = options;
  const hooks = guardHooks(options.hooks ?? {}, logger);
  const { brake, workOff, backoff } = createParts(options, hooks);
  const consumeBatch = createConsumeBatch({
    readRecord: createRecordReader(ladder),
    workOff,
    maxBatch: options.maxBatch ?? 200,
    heartbeatMs,
    backoff,
    hooks,
    logger,
  });
  const member = { client, consumeBatch, hooks, logger, onFatal, sessionMs, heartbeatMs, concurrency };
  const topics = handler.contracts.map(({ topic }) => topic);
  const readers = [createGroupReader({ ...member, groupId, topics, fetchWaitMs: 500 })];
  if (ladder !== undefined) {
    const tiers = ladder.tiers.map(({ topic }) => topic);
    readers.push(createGroupReader({ ...member, groupId: ladder.groupId, topics: tiers, fetchWaitMs: 250 }));
  }
  let syncTimer: NodeJS.Timeout | undefined;

  return {
    async start() {
      await brake.sync();
      syncTimer ??= setInterval(() => void brake.sync(), brakeSyncMs).unref();
      await Promise.all(readers.map((reader) => reader.start()));
    },
    healthy: () => readers.every((reader) => reader.healthy()),
    frozen: () => readers.some((reader) => reader.frozen()),
    braked: brake.braked,
    async stop() {
      clearInterval(syncTimer);
      await Promise.all(readers.map((reader) => reader.stop(options.stopGraceMs ?? 5_000)));
    },
  };
};
