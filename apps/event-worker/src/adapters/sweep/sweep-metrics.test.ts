import { createMetrics } from '@contact-sync/service-kit';
import { expect, it } from 'vitest';
import { noSweepProgress } from '../../sweep/sweep-job.ts';
import { createSweepMetrics } from './sweep-metrics.ts';

it('a sweep tells what it compared since its last word, which webhooks never came, and when it ended', async () => {
  const metrics = createMetrics('event-worker');
  const { tell, finished } = createSweepMetrics(metrics, 900);
  const of = (healed: number, missedVersions: number) => ({
    ...noSweepProgress,
    counts: { ...noSweepProgress.counts, healed, missedVersions },
  });
  tell(of(0, 0), of(2, 5));
  tell(of(2, 5), of(3, 6));
  finished(1_750_000_000_000);
  const text = await metrics.registry.metrics();
  expect(text).toMatch(/^contact_sync_sweep_records_total\{[^}]*outcome="healed"[^}]*\} 3$/m);
  expect(text).toMatch(/^contact_sync_sweep_missed_versions_total\{[^}]*\} 6$/m);
  expect(text).toMatch(/^contact_sync_sweep_finished_timestamp_seconds\{[^}]*\} 1750000000$/m);
  expect(text).toMatch(/^contact_sync_sweep_interval_seconds\{[^}]*\} 900$/m);
});
