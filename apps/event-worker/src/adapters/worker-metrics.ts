import type { ConsumerHooks, RecordOutcome } from '@contact-sync/kafka';
import { Counter, Gauge, Histogram, type Metrics } from '@contact-sync/service-kit';
import { createLagGauge } from './lag-gauge.ts';

/** Told from the start, so that a rate over the first of them is right. */
const fates = ['applied', 'unchanged', 'superseded', 'duplicate', 'dead_letter'] as const;

const createFateCounters = (registry: Metrics['registry']) => {
  const ends = new Counter({
    name: 'contact_sync_events_total',
    help: 'Events by what became of them',
    labelNames: ['fate'] as const,
    registers: [registry],
  });
  const retries = new Counter({
    name: 'contact_sync_retries_total',
    help: 'Records that were sent to a retry tier',
    registers: [registry],
  });
  for (const fate of fates) ends.inc({ fate }, 0);
  return ({ route }: RecordOutcome<unknown>): void => {
    if (route.kind === 'tier') retries.inc();
    else ends.inc({ fate: route.kind === 'letter' ? 'dead_letter' : (route.fate ?? 'done') });
  };
};

const pauseCauses = ['dependency', 'fault'] as const;

/** What the consumer tells of itself, as metrics. */
export const createWorkerMetrics = ({ registry }: Metrics): Partial<ConsumerHooks> => {
  const count = createFateCounters(registry);
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
  const brake = new Gauge({
    name: 'contact_sync_brake',
    help: '1 while the group is paused because too many records fail alike',
    registers: [registry],
  });
  for (const cause of pauseCauses) pauses.inc({ cause }, 0);
  return {
    onSettled: (outcomes) => outcomes.forEach(count),
    onAssigned: lag.assign,
    onLag: lag.tell,
    onBatch: ({ topic, durationMs }) => batches.observe({ topic }, durationMs / 1_000),
    onPaused: ({ cause }) => pauses.inc({ cause }),
    onBrake: (braked) => brake.set(braked === undefined ? 0 : 1),
    onRebalancing: () => rebalances.inc(),
  };
};
