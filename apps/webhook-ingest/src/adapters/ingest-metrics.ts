import { Counter, createCounter, Gauge, type Logger, type Metrics } from '@contact-sync/service-kit';
import type { SecretUsage } from '@contact-sync/webhook-signature';
import type { IngestObserver } from '../ports.ts';
import { createSampledLog } from './sampled-log.ts';

export type IngestMetrics = IngestObserver & {
  readonly dedupeUnknown: () => void;
  readonly idReused: () => void;
  readonly quarantineSkipped: (reason: 'capped' | 'failed') => void;
};

/** Counters of what came in; deliveries that are not signed are sampled in the log, and never stored. */
export const createIngestMetrics = (metrics: Metrics, logger: Logger): IngestMetrics => {
  const items = createCounter(metrics, {
    name: 'webhook_items_total',
    help: 'Items of signed deliveries by outcome',
    labels: { outcome: ['accepted', 'duplicate', 'ignored', 'refused', 'failed'] },
  });
  const unsigned = createCounter(metrics, {
    name: 'webhook_unsigned_total',
    help: 'Deliveries refused for signature or timestamp',
    labels: {
      code: ['SIGNATURE_MISSING', 'SIGNATURE_INVALID', 'TIMESTAMP_INVALID', 'TIMESTAMP_OUTSIDE_WINDOW'],
    },
  });
  const unknown = createCounter(metrics, {
    name: 'webhook_dedupe_unknown_total',
    help: 'Times the dedupe window could not be asked or written',
  });
  const reused = createCounter(metrics, {
    name: 'webhook_event_ids_reused_total',
    help: 'Events taken whose id had come with other content within the dedupe window',
  });
  const skipped = createCounter(metrics, {
    name: 'webhook_quarantine_skipped_total',
    help: 'Refused items that were not kept',
    labels: { reason: ['capped', 'failed'] },
  });
  const sampled = createSampledLog(logger);
  return {
    item: (outcome) => items.inc({ outcome }),
    unsigned: (code) => {
      unsigned.inc({ code });
      sampled.warn(code, 'delivery refused for its signature or timestamp');
    },
    dedupeUnknown: () => unknown.inc(),
    idReused: () => reused.inc(),
    quarantineSkipped: (reason) => skipped.inc({ reason }),
  };
};

/** Which secret verifies how much and when last, so that operators see when an old one may go. */
export const watchSecrets = ({ registry }: Metrics, usage: () => Record<string, SecretUsage>): void => {
  const gauge = (name: string, help: string, read: (usage: SecretUsage) => number) =>
    new Gauge({
      name,
      help,
      labelNames: ['secret_id'] as const,
      registers: [registry],
      collect() {
        this.reset();
        for (const [id, used] of Object.entries(usage())) this.set({ secret_id: id }, read(used));
      },
    });
  new Counter({
    name: 'webhook_secret_verified_total',
    help: 'Deliveries that a secret has verified in this process',
    labelNames: ['secret_id'] as const,
    registers: [registry],
    collect() {
      this.reset();
      for (const [id, { count }] of Object.entries(usage())) this.inc({ secret_id: id }, count);
    },
  });
  gauge(
    'webhook_secret_last_verified_timestamp_seconds',
    'When a secret last verified a delivery, Unix time; 0 if never',
    ({ lastVerifiedAt }) => (lastVerifiedAt ?? 0) / 1_000,
  );
};
