import { Gauge, type Metrics } from '@contact-sync/service-kit';
import type { GapReader } from '../ports.ts';
import { countGaps, gapStates } from '../use-cases/read-gaps.ts';

/** How many runs of AcmeCRM's versions are late, as of the scrape; the same from every copy. */
export const watchGaps = ({ registry }: Metrics, reader: GapReader, now: () => string): void => {
  new Gauge({
    name: 'version_gaps',
    help: "Runs of AcmeCRM's versions that have not come: open after a minute, missed after a day",
    labelNames: ['source', 'state'] as const,
    registers: [registry],
    async collect() {
      try {
        for (const state of gapStates)
          this.set({ source: 'acmecrm', state }, await countGaps(reader, state, now()));
      } catch {
        // What is not known now is not told, and dependency_up tells why.
        this.reset();
      }
    },
  });
};
