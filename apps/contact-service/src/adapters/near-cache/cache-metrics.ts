import { createCounter, Gauge, Histogram, type Metrics } from '@contact-sync/service-kit';
import type { NearCacheEvents } from './near-cache.ts';

/** Hit rate, age of what is served, and reads past the cache. */
export const createCacheMetrics = (metrics: Metrics): NearCacheEvents => {
  const reads = createCounter(metrics, {
    name: 'near_cache_reads_total',
    help: 'Reads of single contacts by how the near cache took them',
    labels: { result: ['hit', 'miss', 'bypass'] },
  });
  const age = new Histogram({
    name: 'near_cache_age_seconds',
    help: 'Age of entries when they were served',
    buckets: [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2, 3, 4, 5],
    registers: [metrics.registry],
  });
  return {
    hit: (ageMs) => {
      reads.inc({ result: 'hit' });
      age.observe(ageMs / 1_000);
    },
    miss: () => reads.inc({ result: 'miss' }),
    bypass: () => reads.inc({ result: 'bypass' }),
  };
};

/** How much memory the answers that are kept take. */
export const watchCacheBytes = ({ registry }: Metrics, bytes: () => number): void => {
  new Gauge({
    name: 'near_cache_bytes',
    help: 'What the contacts in the near cache take, in bytes; at most NEAR_CACHE_BYTES',
    registers: [registry],
    collect() {
      this.set(bytes());
    },
  });
};
