import { Gauge, type Metrics } from '@contact-sync/service-kit';
import type { IndexSummary } from '../../letters/ports.ts';

/** Letters as the copy tells them that keeps the index; the others tell none. */
export const createLetterMetrics = ({ registry }: Metrics): ((summary: IndexSummary | undefined) => void) => {
  const letters = new Gauge({
    name: 'contact_sync_letters',
    help: 'Dead letters and quarantined deliveries: open, decided about, and taken out because there were too many',
    labelNames: ['state'] as const,
    registers: [registry],
  });
  return (summary) => {
    letters.reset();
    if (summary === undefined) return;
    letters.set({ state: 'open' }, summary.open);
    letters.set({ state: 'closed' }, summary.letters - summary.open);
    letters.set({ state: 'dropped' }, summary.dropped);
  };
};
