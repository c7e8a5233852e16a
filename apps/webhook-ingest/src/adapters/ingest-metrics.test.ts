import { createMetrics } from '@contact-sync/service-kit';
import { describe, expect, it, vi } from 'vitest';
import { createIngestMetrics, watchSecrets } from './ingest-metrics.ts';
import { createSampledLog } from './sampled-log.ts';

describe('what operators see', () => {
  it('which secret verifies how much and when last, and no more of one that has left', async () => {
    const metrics = createMetrics('webhook-ingest');
    const usage: Record<string, { count: number; lastVerifiedAt: number | null }> = {
      old: { count: 3, lastVerifiedAt: 1_750_000_000_000 },
      new: { count: 0, lastVerifiedAt: null },
    };
    watchSecrets(metrics, () => usage);
    const text = await metrics.registry.metrics();
    expect(text).toMatch(/^webhook_secret_verified_total\{[^}]*secret_id="old"[^}]*\} 3$/m);
    expect(text).toMatch(
      /^webhook_secret_last_verified_timestamp_seconds\{[^}]*secret_id="old"[^}]*\} 1750000000$/m,
    );
    expect(text).toMatch(/^webhook_secret_last_verified_timestamp_seconds\{[^}]*secret_id="new"[^}]*\} 0$/m);
    delete usage['old'];
    expect(await metrics.registry.metrics()).not.toContain('secret_id="old"');
  });

  it('every unsigned delivery counted, by why', async () => {
    const metrics = createMetrics('webhook-ingest');
    const warn = vi.fn();
    const observer = createIngestMetrics(metrics, { warn } as never);
    for (let count = 0; count < 5; count += 1) observer.unsigned('SIGNATURE_INVALID');
    expect(await metrics.registry.metrics()).toMatch(
      /^webhook_unsigned_total\{[^}]*code="SIGNATURE_INVALID"[^}]*\} 5$/m,
    );
    expect(warn).toHaveBeenCalledTimes(1);
  });

  it('what was taken without a look at the dedupe window, with an id of before, or not kept when it was refused', async () => {
    const metrics = createMetrics('webhook-ingest');
    const observer = createIngestMetrics(metrics, { warn: vi.fn() } as never);
    observer.dedupeUnknown();
    observer.idReused();
    observer.quarantineSkipped('capped');
    const text = await metrics.registry.metrics();
    expect(text).toMatch(/^webhook_dedupe_unknown_total\{[^}]*\} 1$/m);
    expect(text).toMatch(/^webhook_event_ids_reused_total\{[^}]*\} 1$/m);
    expect(text).toMatch(/^webhook_quarantine_skipped_total\{[^}]*reason="capped"[^}]*\} 1$/m);
    expect(text).toMatch(/^webhook_quarantine_skipped_total\{[^}]*reason="failed"[^}]*\} 0$/m);
  });

  it('one line a second of an attack, for each code, with how many stood behind it', () => {
    let now = 0;
    const warn = vi.fn();
    const log = createSampledLog({ warn }, () => now);
    for (; now < 2_000; now += 100) log.warn('A', 'text');
    log.warn('B', 'text');
    expect(warn.mock.calls.map(([fields]) => fields)).toEqual([
      { code: 'A', alsoSinceLastLine: 0 },
      { code: 'A', alsoSinceLastLine: 9 },
      { code: 'B', alsoSinceLastLine: 0 },
    ]);
  });
});
