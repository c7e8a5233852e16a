import { Counter, type Metrics } from '@contact-sync/service-kit';
import type { IngestObserver } from '../ports.ts';

export type IngestMetrics = IngestObserver & {
  readonly dedupeUnknown: () => void;
  readonly quarantineSkipped: (reason: 'capped' | 'failed') => void;
};

/** Counters of what came in. */
export const createIngestMetrics = ({ registry }: Metrics): IngestMetrics => {
  const items = new Counter({
    name: 'webhook_items_total',
    help: 'Items of signed deliveries by outcome',
    labelNames: ['outcome'] as const,
    registers: [registry],
  });
  const unknown = new Counter({
    name: 'webhook_dedupe_unknown_total',
    help: 'Deliveries for which the dedupe window could not be asked or written',
    registers: [registry],
  });
  const skipped = new Counter({
    name: 'webhook_quarantine_skipped_total',
    help: 'Refused items that were not kept, by reason',
    labelNames: ['reason'] as const,
    registers: [registry],
  });
  return {
    item: (outcome) => items.inc({ outcome }),
    dedupeUnknown: () => unknown.inc(),
    quarantineSkipped: (reason) => skipped.inc({ reason }),
  };
};
