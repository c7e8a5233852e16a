import { Counter, Gauge, type Metrics } from '@contact-sync/service-kit';
import type { SweepProgress } from '../../sweep/sweep-job.ts';

const outcomes = {
  agreed: 'agreed',
  imported: 'imported',
  healed: 'healed',
  young: 'young',
  erased: 'erased',
  behindThere: 'behind_there',
  differs: 'differs',
  onlyHere: 'only_here',
  notCreated: 'not_created',
  createPending: 'create_pending',
  unreadable: 'unreadable',
} as const;

const secondMs = 1_000;

/** What sweeps tell of themselves, as metrics; dry runs are told of too. One is due each `everySeconds`, by itself; 0: never. */
export const createSweepMetrics = ({ registry }: Metrics, everySeconds: number) => {
  const records = new Counter({
    name: 'contact_sync_sweep_records_total',
    help: 'Records that a sweep has compared, by what came of it',
    labelNames: ['outcome'] as const,
    registers: [registry],
  });
  const missed = new Counter({
    name: 'contact_sync_sweep_missed_versions_total',
    help: 'Versions in AcmeCRM of which no webhook came before a sweep found them',
    registers: [registry],
  });
  const finished = new Gauge({
    name: 'contact_sync_sweep_finished_timestamp_seconds',
    help: 'When the last sweep that this copy worked on came to its end; 0 before the first',
    registers: [registry],
  });
  new Gauge({
    name: 'contact_sync_sweep_interval_seconds',
    help: 'How long after the begin of one sweep the next begins by itself; 0 for never',
    registers: [registry],
  }).set(everySeconds);
  for (const outcome of Object.values(outcomes)) records.inc({ outcome }, 0);
  return {
    tell: ({ counts: before }: SweepProgress, { counts: after }: SweepProgress): void => {
      for (const name of Object.keys(outcomes) as (keyof typeof outcomes)[])
        records.inc({ outcome: outcomes[name] }, after[name] - before[name]);
      missed.inc(after.missedVersions - before.missedVersions);
    },
    finished: (now: number): void => finished.set(now / secondMs),
  };
};
