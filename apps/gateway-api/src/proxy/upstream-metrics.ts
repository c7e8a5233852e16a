import { Counter, Gauge, type Metrics } from '@contact-sync/service-kit';
import type { Upstream } from './upstream.ts';

/** Which services are left alone as of the scrape, and how often each came to that. */
export const watchUpstreams = ({ registry }: Metrics, upstreams: readonly Upstream[]): void => {
  new Gauge({
    name: 'upstream_left_alone',
    help: 'Whether a service was away or late so often in a row that it is not asked for now: 1, or 0',
    labelNames: ['upstream'] as const,
    registers: [registry],
    collect() {
      for (const { name, breaker } of upstreams) this.set({ upstream: name }, breaker().isOpen ? 1 : 0);
    },
  });
  new Counter({
    name: 'upstream_left_alone_total',
    help: 'Times that a service was left alone, probes that failed included',
    labelNames: ['upstream'] as const,
    registers: [registry],
    collect() {
      this.reset();
      for (const { name, breaker } of upstreams) this.inc({ upstream: name }, breaker().openings);
    },
  });
};
