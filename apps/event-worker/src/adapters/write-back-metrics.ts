import type { ConsumerHooks, RecordOutcome } from '@contact-sync/kafka';
import { Counter, Gauge, type Metrics } from '@contact-sync/service-kit';
import { createLagGauge } from './lag-gauge.ts';

const endOf = ({ route }: RecordOutcome<unknown>): string => {
  if (route.kind === 'done') return route.fate ?? 'done';
  return route.kind === 'tier' ? 'later' : 'dead_letter';
};

/** Told from the start, so that a rate over the first of them is right. */
const ends = ['written', 'agreed', 'superseded', 'held', 'frozen', 'later', 'dead_letter'] as const;

const pauseCauses = ['dependency', 'fault'] as const;

/** What the writer tells of itself, as metrics; whether its brake holds is asked for when they are read. */
export const createWriteBackMetrics = (
  { registry }: Metrics,
  isBraked: () => Promise<boolean>,
): Partial<ConsumerHooks> => {
  const changes = new Counter({
    name: 'contact_sync_write_back_changes_total',
    help: 'Changes of our contacts by what became of them on the way to AcmeCRM',
    labelNames: ['end'] as const,
    registers: [registry],
  });
  const pauses = new Counter({
    name: 'contact_sync_write_back_pauses_total',
    help: 'Times a partition had to wait because nothing could be written',
    labelNames: ['cause'] as const,
    registers: [registry],
  });
  const brake = new Gauge({
    name: 'contact_sync_write_back_brake',
    help: '1 while the writer waits for an operator, because of too many deletes or of failures alike',
    labelNames: ['why'] as const,
    registers: [registry],
    async collect() {
      // Redis may be away; the last word stands.
      await isBraked().then(
        (is) => this.set({ why: 'mass' }, is ? 1 : 0),
        () => undefined,
      );
    },
  });
  const lag = createLagGauge(registry, 'contact_sync_write_back_lag_records');
  for (const end of ends) changes.inc({ end }, 0);
  for (const cause of pauseCauses) pauses.inc({ cause }, 0);
  return {
    onSettled: (outcomes) => {
      for (const outcome of outcomes) changes.inc({ end: endOf(outcome) });
    },
    onAssigned: lag.assign,
    onLag: lag.tell,
    onPaused: ({ cause }) => pauses.inc({ cause }),
    onBrake: (braked) => brake.set({ why: 'failures' }, braked === undefined ? 0 : 1),
  };
};
