import { boundsOf } from './bounds.ts';
import { fetchAll } from './fetch.ts';
import type { LogBounds, LogPlace } from './log-record.ts';
import type { Cluster } from './open-cluster.ts';

/** What a group has not settled of a partition. */
export type Backlog = {
  readonly topic: string;
  readonly partition: number;
  /** Records behind the offset that the group has committed; all of them where it has committed none. */
  readonly lag: number;
  /** When the first of them was written, in milliseconds since the epoch; absent where there is none to be had. */
  readonly oldestAt?: number;
};

/** What a broker says where a group has committed nothing. */
const NOTHING = '-1';

/** One batch of each partition is asked for, of which the first record counts. */
const PROBE_BYTES = 65_536;

const committedBy = async (cluster: Cluster, groupId: string, bounds: readonly LogBounds[]) => {
  const coordinator = await cluster.findGroupCoordinator({ groupId });
  const topics = [...Map.groupBy(bounds, ({ topic }) => topic)].map(([topic, partitions]) => ({
    topic,
    partitions: partitions.map(({ partition }) => ({ partition })),
  }));
  const { responses } = await coordinator.offsetFetch({ groupId, topics });
  return new Map(
    responses.flatMap(({ topic, partitions }) =>
      partitions.map(({ partition, offset }) => [`${topic} ${partition}`, offset] as const),
    ),
  );
};

/** The first record that is not settled: what retention has taken is nobody's any more. */
const nextOf = ({ topic, partition, first }: LogBounds, committed: string = NOTHING): LogPlace => {
  const offset = committed === NOTHING || BigInt(committed) < BigInt(first) ? first : committed;
  return { topic, partition, offset };
};

/** What a group has not settled, by what the brokers know: true also of partitions that nobody reads. */
export const backlogOf = async (
  cluster: Cluster,
  groupId: string,
  topics: readonly string[],
): Promise<Backlog[]> => {
  const bounds = await boundsOf(cluster, topics);
  const committed = await committedBy(cluster, groupId, bounds);
  const places = bounds.map((bound) => {
    const next = nextOf(bound, committed.get(`${bound.topic} ${bound.partition}`));
    return { ...next, lag: Number(BigInt(bound.end) - BigInt(next.offset)) };
  });
  const behind = places.filter(({ lag }) => lag > 0);
  const slices = behind.length === 0 ? [] : await fetchAll(cluster, behind, { maxBytes: PROBE_BYTES });
  const oldest = new Map(
    slices.map(({ topic, partition, records }) => [`${topic} ${partition}`, records[0]?.timestamp]),
  );
  return places.map(({ topic, partition, lag }) => {
    const oldestAt = oldest.get(`${topic} ${partition}`);
    return { topic, partition, lag: Math.max(0, lag), ...(oldestAt !== undefined && { oldestAt }) };
  });
};
