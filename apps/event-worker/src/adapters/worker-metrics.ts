import type { ConsumerHooks, Outcome } from '@contact-sync/kafka';
import { Counter, Gauge, Histogram, type Metrics } from '@contact-sync/service-kit';

const fateOf = (outcome: Outcome): string => {
  if (outcome.kind === 'deadLetter') return 'dead_letter';
  return outcome.kind === 'done' ? (outcome.fate ?? 'done') : 'retry';
};

/** What the consumer tells of itself, as metrics. */
export const createWorkerMetrics = ({ registry }: Metrics): Partial<ConsumerHooks> => {
  const events = new Counter({
    name: 'contact_sync_events_total',
    help: 'Events by what became of them; retry is not an end',
    labelNames: ['fate'] as const,
    registers: [registry],
  });
  const lag = new Gauge({
    name: 'contact_sync_lag_records',
    help: 'Records of a partition that are not settled yet',
    labelNames: ['topic', 'partition'] as const,
    registers: [registry],
  });
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
    onLag: ({ topic, partition, lag: records }) => lag.set({ topic, partition }, records),
    onBatch: ({ topic, durationMs }) => batches.observe({ topic }, durationMs / 1_000),
    onPaused: ({ isDependency }) => pauses.inc({ cause: isDependency ? 'dependency' : 'fault' }),
    onRebalancing: () => rebalances.inc(),
  };
};
