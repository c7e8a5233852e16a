import type { ConsumerHooks, PartitionLag, SettledOutcome } from '@contact-sync/kafka';
import { Counter, Gauge, Histogram, type Metrics } from '@contact-sync/service-kit';

const fateOf = (outcome: SettledOutcome): string =>
  outcome.kind === 'deadLetter' ? 'dead_letter' : (outcome.fate ?? 'done');

type Assignment = Readonly<Record<string, readonly number[]>>;

/** Lag is told of the partitions that this member has: one that moved away is another's to tell. */
const createLagGauge = (registry: Metrics['registry']) => {
  const gauge = new Gauge({
    name: 'contact_sync_lag_records',
    help: 'Records of a partition that are not settled yet',
    labelNames: ['topic', 'partition'] as const,
    registers: [registry],
  });
  let assigned: Assignment = {};
  return {
    assign(next: Assignment): void {
      for (const [topic, partitions] of Object.entries(assigned)) {
        for (const partition of partitions) {
          if (!next[topic]?.includes(partition)) gauge.remove({ topic, partition });
        }
      }
      assigned = next;
    },
    tell({ topic, partition, lag }: PartitionLag): void {
      if (assigned[topic]?.includes(partition)) gauge.set({ topic, partition }, lag);
    },
  };
};

/** What the consumer tells of itself, as metrics. */
export const createWorkerMetrics = ({ registry }: Metrics): Partial<ConsumerHooks> => {
  const events = new Counter({
    name: 'contact_sync_events_total',
    help: 'Events by what became of them',
    labelNames: ['fate'] as const,
    registers: [registry],
  });
  const lag = createLagGauge(registry);
  const batches = new Histogram({
    name: 'contact_sync_batch_seconds',
    help: 'Time to work off one batch',
    labelNames: ['topic'] as const,
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers: [registry],
  });
  const pauses = new Counter({
    name: 'contact_sync_pauses_total',
    help: 'Times a partition had to wait after a fault of a whole batch',
    labelNames: ['cause'] as const,
    registers: [registry],
  });
  const rebalances = new Counter({
    name: 'contact_sync_rebalances_total',
    help: 'Rebalances of the consumer group that this member saw',
    registers: [registry],
  });
  return {
    onSettled: ({ outcome }) => events.inc({ fate: fateOf(outcome) }),
    onAssigned: lag.assign,
    onLag: lag.tell,
    onBatch: ({ topic, durationMs }) => batches.observe({ topic }, durationMs / 1_000),
    onPaused: ({ isDependency }) => pauses.inc({ cause: isDependency ? 'dependency' : 'fault' }),
    onRebalancing: () => rebalances.inc(),
  };
};
