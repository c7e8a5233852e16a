import { Counter, Gauge, type Logger, type Metrics } from '@contact-sync/service-kit';
import type { RelayObserver } from '../use-cases/relay-outbox.ts';

/** What the relay tells of itself, as metrics; the first failure of a row is logged. */
export const createRelayMetrics = ({ registry }: Metrics, logger: Logger): RelayObserver => {
  const relayed = new Counter({
    name: 'outbox_relayed_total',
    help: 'Outgoing events that the broker has',
    registers: [registry],
  });
  const waiting = new Gauge({
    name: 'outbox_entries',
    help: 'Outgoing events that wait, as the relay last saw them; told by the copy that relays',
    registers: [registry],
  });
  let oldestAt: number | null | undefined;
  new Gauge({
    name: 'outbox_oldest_age_seconds',
    help: 'Age of the oldest outgoing event that waits, told by the copy that relays; 0 where none waits',
    registers: [registry],
    collect() {
      this.remove();
      if (oldestAt !== undefined)
        this.set(oldestAt === null ? 0 : Math.max(0, Date.now() - oldestAt) / 1_000);
    },
  });
  const failures = new Counter({
    name: 'outbox_failures_total',
    help: 'Rounds of the relay that failed',
    registers: [registry],
  });
  const refusals = new Counter({
    name: 'outbox_refused_total',
    help: 'Outgoing events that Kafka refuses for good, each the first of its contact that is',
    registers: [registry],
  });
  const held = new Gauge({
    name: 'outbox_refused_contacts',
    help: 'Contacts whose outgoing events wait behind one that Kafka refuses for good, as the relay last saw them',
    registers: [registry],
  });
  let isFailing = false;
  return {
    relayed: (count) => {
      isFailing = false;
      relayed.inc(count);
    },
    waiting: (count, since) => {
      waiting.set(count);
      oldestAt = since;
    },
    standsBy: () => {
      for (const gauge of [waiting, held]) gauge.remove();
      oldestAt = undefined;
    },
    refused: (contactId, { code, version, reason }) => {
      refusals.inc();
      logger.error({ contactId, code, version, reason }, 'Kafka refuses an outgoing event for good');
    },
    held: (contacts) => held.set(contacts),
    failed: (error) => {
      if (!isFailing) logger.warn({ err: error }, 'the outbox cannot be relayed; trying on');
      isFailing = true;
      failures.inc();
    },
  };
};
