import type { KafkaClient } from '../client/create-kafka-client.ts';
import { keepTrying } from '../keep-trying.ts';
import type { Logger } from '../logger.ts';
import type { ConsumeBatch } from './consume-batch.ts';
import type { ConsumerHooks } from './hooks.ts';
import { watchMembership } from './membership.ts';
import { createPartitionWork } from './partition-work.ts';

export type GroupReaderOptions = {
  readonly client: KafkaClient;
  readonly groupId: string;
  readonly topics: readonly string[];
  readonly consumeBatch: ConsumeBatch;
  readonly hooks: ConsumerHooks;
  readonly logger: Logger;
  readonly onFatal: (error: Error) => void;
  readonly sessionMs: number;
  readonly heartbeatMs: number;
  /** How long a fetch waits for records, in milliseconds; also how late a partition is read on after a pause. */
  readonly fetchWaitMs: number;
  /** Partitions worked off at the same time, slow ones aside. */
  readonly concurrency: number;
};

/** How long a batch may hold up the others of its fetch. */
const attachedMs = 250;

const openConsumer = ({ client, groupId, sessionMs, heartbeatMs, fetchWaitMs }: GroupReaderOptions) =>
  client.openConsumer({
    groupId,
    sessionTimeout: sessionMs,
    rebalanceTimeout: 2 * sessionMs,
    heartbeatInterval: heartbeatMs,
    // Leaving the group waits for a fetch that waits.
    maxWaitTimeInMs: fetchWaitMs,
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

/** One member of a group: reads topics and hands their batches over, partition by partition, until it is stopped. */
export const createGroupReader = (options: GroupReaderOptions) => {
  const { topics, hooks, logger } = options;
  const stopping = new AbortController();
  const stopped = Promise.withResolvers<void>();
  const consumer = openConsumer(options);
  const work = createPartitionWork({ ...options, attachedMs });
  const membership = watchMembership(consumer, {
    ...options,
    silenceMs: options.sessionMs,
    hooks: {
      ...hooks,
      onAssigned: (member) => {
        work.keepOnly(member.assignment);
        hooks.onAssigned(member);
      },
    },
  });

  const run = async (): Promise<void> => {
    await consumer.connect();
    await consumer.subscribe({ topics: [...topics], fromBeginning: true });
    await consumer.run({
      autoCommit: false,
      eachBatchAutoResolve: false,
      partitionsConsumedConcurrently: options.concurrency,
      eachBatch: work.eachBatch,
    });
  };

  return {
    /** Resolves when this member has joined, or is stopped before; never rejects. */
    async start(): Promise<void> {
      const text = 'the Kafka consumer cannot start; trying on';
      await keepTrying(run, { signal: stopping.signal, logger, text });
      await Promise.race([membership.joined, stopped.promise]);
    },
    healthy: membership.isHealthy,
    frozen: membership.isFrozen,
    /** Ends and commits what is under way, or gives it up after the grace; leaves the group, disconnects. */
    async stop(graceMs: number): Promise<void> {
      stopping.abort();
      try {
        await work.stop(graceMs);
        await consumer.disconnect();
      } finally {
        membership.leave();
        stopped.resolve();
      }
    },
  };
};
