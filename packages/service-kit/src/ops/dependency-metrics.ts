import { Gauge } from 'prom-client';
import type { Health } from './health.ts';
import type { Metrics } from './metrics.ts';

/** `dependency_up{dependency}`: 1 or 0 as of the scrape, also for those without which the process stays ready. */
export const watchDependencies = (health: Pick<Health, 'dependencies'>, { registry }: Metrics): void => {
  new Gauge({
    name: 'dependency_up',
    help: 'Whether a dependency of this process is usable: 1, or 0',
    labelNames: ['dependency'] as const,
    registers: [registry],
    async collect() {
      for (const [dependency, { ok }] of Object.entries(await health.dependencies()))
        this.set({ dependency }, ok ? 1 : 0);
    },
  });
};
