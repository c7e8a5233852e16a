import type { Backlog } from '@contact-sync/kafka';
import { Gauge, type Metrics } from '@contact-sync/service-kit';

export type BacklogMetrics = {
  /** What a group has not settled, as the brokers just said. */
  readonly told: (group: string, backlog: readonly Backlog[]) => void;
  /** The brokers do not say: what is not known is not told. */
  readonly unknown: () => void;
};

/** How far groups are behind, and since when: the same from every copy, whoever has the partitions. */
export const createBacklogMetrics = ({ registry }: Metrics, now: () => number): BacklogMetrics => {
  const known = new Map<string, readonly Backlog[]>();
  const gauge = (name: string, help: string, read: (partition: Backlog) => number) =>
    new Gauge({
      name,
      help,
      labelNames: ['group', 'topic', 'partition'] as const,
      registers: [registry],
      collect() {
        this.reset();
        for (const [group, partitions] of known)
          for (const seen of partitions)
            this.set({ group, topic: seen.topic, partition: seen.partition }, read(seen));
      },
    });
  gauge(
    'kafka_consumer_group_lag_records',
    'Records of a partition that its group has not settled, as the brokers last said; nothing while they say nothing',
    ({ lag }) => lag,
  );
  gauge(
    'kafka_consumer_group_oldest_age_seconds',
    'Age of the oldest record of a partition that its group has not settled; 0 where there is none',
    ({ oldestAt }) => (oldestAt === undefined ? 0 : Math.max(0, now() - oldestAt) / 1_000),
  );
  return {
    told: (group, backlog) => known.set(group, backlog),
    unknown: () => known.clear(),
  };
};
