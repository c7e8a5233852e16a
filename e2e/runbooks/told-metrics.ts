import { readFile } from 'node:fs/promises';

const root = new URL('../../', import.meta.url);

/** Every metric of docs/metrics.md, with a query that finds it once it has told of something. */
export const metricQueries = async (): Promise<ReadonlyMap<string, string>> => {
  const text = await readFile(new URL('docs/metrics.md', root), 'utf8');
  const rows = [...text.matchAll(/^\| `(\w+)` \| (\w+) \|/gm)];
  return new Map(
    rows.map(([, name = '', type]) => {
      const series = type === 'histogram' ? `${name}_count` : name;
      return [name, `max_over_time(${series}[1h]) > 0`];
    }),
  );
};

/** Metrics that no fault of a runbook moves, each with the test that does. */
export const movedElsewhere: Readonly<Record<string, string>> = {
  contact_sync_retries_total: 'apps/event-worker/src/adapters/worker-metrics.test.ts',
  contact_sync_sweep_missed_versions_total: 'apps/event-worker/src/adapters/sweep/sweep-metrics.test.ts',
  idempotency_answers_dropped_total: 'apps/contact-service/src/adapters/upkeep-metrics.test.ts',
  kafka_producer_queue_bytes: 'packages/service-kit/src/ops/kafka-metrics.test.ts',
  kafka_producer_queue_records: 'packages/service-kit/src/ops/kafka-metrics.test.ts',
  outbox_entries: 'apps/contact-service/src/adapters/relay-metrics.test.ts',
  outbox_oldest_age_seconds: 'apps/contact-service/src/adapters/relay-metrics.test.ts',
  revocations_entries: 'packages/access/src/revoked-tokens.test.ts',
  tombstone_sweep_failures_total: 'apps/contact-service/src/adapters/upkeep-metrics.test.ts',
  tombstones_swept_total: 'apps/contact-service/src/adapters/upkeep-metrics.test.ts',
  webhook_dedupe_unknown_total: 'apps/webhook-ingest/src/adapters/ingest-metrics.test.ts',
  webhook_event_ids_reused_total: 'apps/webhook-ingest/src/adapters/ingest-metrics.test.ts',
  webhook_quarantine_skipped_total: 'apps/webhook-ingest/src/adapters/ingest-metrics.test.ts',
};

/** Those of them whose test does not name them. */
export const notNamed = async (): Promise<readonly string[]> => {
  const entries = await Promise.all(
    Object.entries(movedElsewhere).map(async ([metric, path]) => {
      const text = await readFile(new URL(path, root), 'utf8');
      return text.includes(metric) ? [] : [metric];
    }),
  );
  return entries.flat();
};
