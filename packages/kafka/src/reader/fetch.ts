import type { RawHeaders } from '../producer/outgoing.ts';
import type { LogPlace, LogRecord, LogSlice, ReadOptions } from './log-record.ts';
import { type Cluster, readCommitted, recordsFrom } from './open-cluster.ts';

const byLeader = (cluster: Cluster, from: readonly LogPlace[]) =>
  Map.groupBy(from, ({ topic, partition }) => {
    const found = cluster
      .findTopicPartitionMetadata(topic)
      .find(({ partitionId }) => partitionId === partition);
    if (found === undefined) throw new Error(`no partition ${partition} of ${topic}`);
    return found.leader;
  });

const sliceOf = (place: LogPlace, fetched: Parameters<typeof recordsFrom>[2] | undefined): LogSlice => {
  const { topic, partition, offset } = place;
  const last = fetched?.messages.at(-1);
  if (fetched === undefined || last === undefined) return { topic, partition, records: [], next: offset };
  const records = recordsFrom(topic, offset, fetched).map(
    (message): LogRecord => ({
      topic,
      partition,
      offset: message.offset,
      timestamp: Number(message.timestamp),
      key: message.key,
      value: message.value,
      headers: (message.headers ?? {}) as RawHeaders,
      ...(message.unreadable && { unreadable: message.unreadable }),
    }),
  );
  const next = BigInt(last.offset) + 1n;
  return { topic, partition, records, next: next > BigInt(offset) ? String(next) : offset };
};

const fetchFrom = async (
  cluster: Cluster,
  nodeId: number,
  from: readonly LogPlace[],
  { waitMs = 0, maxBytes = 1_048_576 }: ReadOptions,
): Promise<LogSlice[]> => {
  const broker = await cluster.findBroker({ nodeId });
  const { responses } = await broker.fetch({
    isolationLevel: readCommitted,
    maxWaitTime: waitMs,
    minBytes: 1,
    maxBytes: 10 * maxBytes,
    topics: [...Map.groupBy(from, ({ topic }) => topic)].map(([topic, places]) => ({
      topic,
      partitions: places.map(({ partition, offset }) => ({ partition, fetchOffset: offset, maxBytes })),
    })),
  });
  return from.map((place) =>
    sliceOf(
      place,
      responses
        .filter(({ topicName }) => topicName === place.topic)
        .flatMap(({ partitions }) => partitions)
        .find(({ partition }) => partition === place.partition),
    ),
  );
};

/** One step on from each place, by one request a broker. */
export const fetchAll = async (
  cluster: Cluster,
  from: readonly LogPlace[],
  options: ReadOptions,
): Promise<LogSlice[]> => {
  const fetches = [...byLeader(cluster, from)].map(([nodeId, places]) =>
    fetchFrom(cluster, nodeId, places, options),
  );
  return (await Promise.all(fetches)).flat();
};
