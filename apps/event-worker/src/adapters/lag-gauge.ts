import type { ConsumerHooks, PartitionLag } from '@contact-sync/kafka';
import { Gauge, type Metrics } from '@contact-sync/service-kit';

type Assigned = Parameters<ConsumerHooks['onAssigned']>[0];

/** Lag is told of the partitions that this member has: one that moved away is another's to tell. */
export const createLagGauge = (registry: Metrics['registry'], name = 'contact_sync_lag_records') => {
  const gauge = new Gauge({
    name,
    help: 'Records of a partition that are not settled yet',
    labelNames: ['topic', 'partition'] as const,
    registers: [registry],
  });
  const byGroup = new Map<string, Assigned['assignment']>();
  const has = (assignment: Assigned['assignment'], topic: string, partition: number): boolean =>
    assignment[topic]?.includes(partition) ?? false;

  return {
    assign({ groupId, assignment }: Assigned): void {
      for (const [topic, partitions] of Object.entries(byGroup.get(groupId) ?? {})) {
        for (const partition of partitions) {
          if (!has(assignment, topic, partition)) gauge.remove({ topic, partition });
        }
      }
      byGroup.set(groupId, assignment);
    },
    tell({ topic, partition, lag }: PartitionLag): void {
      const isOurs = [...byGroup.values()].some((assignment) => has(assignment, topic, partition));
      if (isOurs) gauge.set({ topic, partition }, lag);
    },
  };
};
