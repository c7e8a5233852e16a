import { Counter, Gauge, type Logger, type Metrics } from '@contact-sync/service-kit';
import type { SweepObserver } from '../use-cases/sweep-tombstones.ts';

/** What the sweeper tells of itself, as metrics; the first failure of a row is logged. */
export const createSweepMetrics = ({ registry }: Metrics, logger: Logger): SweepObserver => {
  const swept = new Counter({
    name: 'tombstones_swept_total',
    help: 'Deleted contacts of which this copy left a stub',
    registers: [registry],
  });
  const oldestAge = new Gauge({
    name: 'tombstone_oldest_age_seconds',
    help: 'How long the longest deleted contact that is still there has been deleted, as last seen',
    registers: [registry],
  });
  const failures = new Counter({
    name: 'tombstone_sweep_failures_total',
    help: 'Rounds of the sweeper that failed',
    registers: [registry],
  });
  let isFailing = false;
  return {
    swept: (round) => {
      isFailing = false;
      swept.inc(round.swept);
      oldestAge.set(round.oldestAgeMs / 1_000);
    },
    failed: (error) => {
      if (!isFailing) logger.warn({ err: error }, 'tombstones cannot be swept; trying on');
      isFailing = true;
      failures.inc();
    },
  };
};
