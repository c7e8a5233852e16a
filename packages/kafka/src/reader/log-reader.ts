import { AppError } from '@contact-sync/domain';
import type { KafkaClient } from '../client/create-kafka-client.ts';
import { type Backlog, backlogOf } from './backlog.ts';
import { boundsOf, offsetsOf, withinBounds } from './bounds.ts';
import { fetchAll } from './fetch.ts';
import type { LogBounds, LogPlace, LogSlice, ReadOptions } from './log-record.ts';
import { type Cluster, openCluster } from './open-cluster.ts';

/**
 * Reads partitions from any place, under no group: nothing is committed and no other reader notices. Connects when it is
 * first asked. Every method rejects with AppError DEPENDENCY_UNAVAILABLE (retryable) while brokers or topics are away.
 */
export type LogReader = {
  /** Of every partition of the topics. */
  bounds(topics: readonly string[]): Promise<readonly LogBounds[]>;
  /** For every partition of the topics the first record of that time (milliseconds since the epoch) or later. */
  placesAt(topics: readonly string[], time: number): Promise<readonly LogPlace[]>;
  /**
   * One step on from each place. A place that its partition no longer has, or has not had, counts as its first. Long waits
   * hold up whatever else is asked of the same reader.
   */
  read(from: readonly LogPlace[], options?: ReadOptions): Promise<readonly LogSlice[]>;
  /** Leaves the places with a group that has no members, for whoever looks at its lag. */
  commit(groupId: string, places: readonly LogPlace[]): Promise<void>;
  /** What a group has not settled of each partition of the topics, also of those that none of its members has. */
  backlog(groupId: string, topics: readonly string[]): Promise<readonly Backlog[]>;
  close(): Promise<void>;
};

/** What a commit of no member of a group says (Kafka protocol, OffsetCommit). */
const noMember = { groupGenerationId: -1, memberId: '' };

const unavailable = (cause: unknown): AppError =>
  new AppError('DEPENDENCY_UNAVAILABLE', {
    message: 'Kafka does not answer now.',
    internal: cause instanceof Error ? cause.message : String(cause),
    cause,
    retryable: true,
  });

const isOutOfRange = (error: unknown): boolean =>
  error instanceof Error && 'type' in error && error.type === 'OFFSET_OUT_OF_RANGE';

/** A reader of its own connections. */
export const createLogReader = ({ kafka }: KafkaClient): LogReader => {
  let open: Cluster | undefined;

  const drop = async (cluster: Cluster): Promise<void> => {
    if (open === cluster) open = undefined;
    await cluster.disconnect().catch(() => undefined);
  };

  /** Whatever fails, the next call begins with new connections and metadata. */
  const use = async <T>(topics: readonly string[], work: (cluster: Cluster) => Promise<T>): Promise<T> => {
    open ??= openCluster(kafka);
    const cluster = open;
    try {
      await cluster.connect();
      await cluster.addMultipleTargetTopics(topics);
      await cluster.refreshMetadataIfNecessary();
      return await work(cluster);
    } catch (error) {
      await drop(cluster);
      throw unavailable(error);
    }
  };

  return {
    bounds: (topics) => use(topics, (cluster) => boundsOf(cluster, topics)),
    placesAt: (topics, time) =>
      use(topics, async (cluster) => {
        const bounds = await boundsOf(cluster, topics);
        const found = await offsetsOf(cluster, topics, { fromTimestamp: time });
        return bounds.map(({ topic, partition, end }) => {
          const offset = found.get(`${topic} ${partition}`) ?? '-1';
          return { topic, partition, offset: offset === '-1' ? end : offset };
        });
      }),
    read: async (from, options = {}) => {
      const topics = [...new Set(from.map(({ topic }) => topic))];
      if (topics.length === 0) return [];
      return use(topics, (cluster) =>
        fetchAll(cluster, from, options).catch(async (error: unknown) => {
          if (!isOutOfRange(error)) throw error;
          return fetchAll(cluster, await withinBounds(cluster, from), options);
        }),
      );
    },
    commit: (groupId, places) => {
      const topics = [...Map.groupBy(places, ({ topic }) => topic)].map(([topic, partitions]) => ({
        topic,
        partitions,
      }));
      return use(
        topics.map(({ topic }) => topic),
        async (cluster) => {
          const coordinator = await cluster.findGroupCoordinator({ groupId });
          await coordinator.offsetCommit({ groupId, ...noMember, topics });
        },
      );
    },
    backlog: (groupId, topics) => use(topics, (cluster) => backlogOf(cluster, groupId, topics)),
    close: async () => {
      if (open !== undefined) await drop(open);
    },
  };
};
