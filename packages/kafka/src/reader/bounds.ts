import type { LogBounds, LogPlace } from './log-record.ts';
import type { Cluster } from './open-cluster.ts';

const partitionsOf = (cluster: Cluster, topic: string) =>
  cluster.findTopicPartitionMetadata(topic).map(({ partitionId }) => ({ partition: partitionId }));

type Which = { readonly fromBeginning: boolean } | { readonly fromTimestamp: number };

/** By topic and partition with a blank between; `-1` where no record is of that time. */
export const offsetsOf = async (
  cluster: Cluster,
  topics: readonly string[],
  which: Which,
): Promise<ReadonlyMap<string, string>> => {
  const asked = topics.map((topic) => ({ topic, partitions: partitionsOf(cluster, topic), ...which }));
  const found = await cluster.fetchTopicsOffset(asked);
  return new Map(
    found.flatMap(({ topic, partitions }) =>
      partitions.map(({ partition, offset }) => [`${topic} ${partition}`, offset] as const),
    ),
  );
};

/** Of every partition of the topics. */
export const boundsOf = async (cluster: Cluster, topics: readonly string[]): Promise<LogBounds[]> => {
  const [first, end] = await Promise.all([
    offsetsOf(cluster, topics, { fromBeginning: true }),
    offsetsOf(cluster, topics, { fromBeginning: false }),
  ]);
  return topics.flatMap((topic) =>
    partitionsOf(cluster, topic).map(({ partition }) => ({
      topic,
      partition,
      first: first.get(`${topic} ${partition}`) ?? '0',
      end: end.get(`${topic} ${partition}`) ?? '0',
    })),
  );
};

/** The places, each that its partition does not have moved to its first. */
export const withinBounds = async (cluster: Cluster, from: readonly LogPlace[]): Promise<LogPlace[]> => {
  const bounds = await boundsOf(cluster, [...new Set(from.map(({ topic }) => topic))]);
  return from.map((place) => {
    const found = bounds.find(
      ({ topic, partition }) => topic === place.topic && partition === place.partition,
    );
    if (found === undefined) return place;
    const offset = BigInt(place.offset);
    return offset >= BigInt(found.first) && offset <= BigInt(found.end)
      ? place
      : { ...place, offset: found.first };
  });
};
