import {
  type ConsumerHooks,
  contactSyncLadder,
  failureStages,
  type RecordOutcome,
  sourceEventContracts,
} from '@contact-sync/kafka';
import { createCounter, createHistogram, Gauge, type Metrics } from '@contact-sync/service-kit';
import { createLagGauge } from './lag-gauge.ts';

const fates = ['applied', 'unchanged', 'superseded', 'duplicate', 'dead_letter'] as const;

const createFateCounters = (metrics: Metrics) => {
  const ends = createCounter(metrics, {
    name: 'contact_sync_events_total',
    help: 'Events by what became of them',
    labels: { fate: fates },
  });
  const retries = createCounter(metrics, {
    name: 'contact_sync_retries_total',
    help: 'Records that were sent to a retry tier',
    labels: { tier: contactSyncLadder.tiers.map(({ topic }) => topic) },
  });
  const letters = createCounter(metrics, {
    name: 'contact_sync_dead_letters_total',
    help: 'Records that became dead letters, by where in their path they failed',
    labels: { stage: failureStages },
  });
  return ({ route }: RecordOutcome<unknown>): void => {
    if (route.kind === 'tier') retries.inc({ tier: route.topic });
    else ends.inc({ fate: route.kind === 'letter' ? 'dead_letter' : (route.fate ?? 'done') });
    if (route.kind === 'letter') letters.inc({ stage: route.failure.stage });
  };
};

/** When it came to ingest, in milliseconds since the epoch; NaN of what is no event of ours. */
const receivedAt = (value: unknown): number =>
  typeof value === 'object' && value !== null && 'receivedAt' in value
    ? Date.parse(String(value.receivedAt))
    : Number.NaN;

const createVisibility = (metrics: Metrics) => {
  const duration = createHistogram(metrics, {
    name: 'contact_sync_time_to_visible_seconds',
    help: 'Time from the receipt of a delivery until its event was applied and can be read; replays aside',
    buckets: [0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 600],
  });
  return ({ route, value, at, replay }: RecordOutcome<unknown>): void => {
    if (route.kind !== 'done' || route.fate !== 'applied' || replay !== undefined) return;
    const tookMs = at - receivedAt(value);
    if (tookMs >= 0) duration.observe(tookMs / 1_000);
  };
};

const pauseCauses = ['dependency', 'fault', 'brake'] as const;

/** What the consumer tells of itself, as metrics. */
export const createWorkerMetrics = (metrics: Metrics): Partial<ConsumerHooks> => {
  const { registry } = metrics;
  const observeVisible = createVisibility(metrics);
  const count = createFateCounters(metrics);
  const lag = createLagGauge(registry);
  const batches = createHistogram(metrics, {
    name: 'contact_sync_batch_seconds',
    help: 'Time to work off one batch',
    labels: { topic: [...sourceEventContracts, ...contactSyncLadder.tiers].map(({ topic }) => topic) },
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
  });
  const pauses = createCounter(metrics, {
    name: 'contact_sync_pauses_total',
    help: 'Times a partition had to wait after it was tried in vain',
    labels: { cause: pauseCauses },
  });
  const rebalances = createCounter(metrics, {
    name: 'contact_sync_rebalances_total',
    help: 'Rebalances of the consumer group that this member saw',
  });
  const brake = new Gauge({
    name: 'contact_sync_brake',
    help: '1 while the group is paused because too many records fail alike',
    registers: [registry],
  });
  return {
    onSettled: (outcomes) => {
      outcomes.forEach(count);
      outcomes.forEach(observeVisible);
    },
    onAssigned: lag.assign,
    onLag: lag.tell,
    onBatch: ({ topic, durationMs }) => batches.observe({ topic }, durationMs / 1_000),
    onPaused: ({ cause }) => pauses.inc({ cause }),
    onBrake: (braked) => brake.set(braked === undefined ? 0 : 1),
    onRebalancing: () => rebalances.inc(),
  };
};
