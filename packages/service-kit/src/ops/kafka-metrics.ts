import { Counter, Gauge, Histogram } from 'prom-client';
import { type Metrics, oncePerRegistry } from './metrics.ts';

/** A producer as far as it is told of. */
type Watched = {
  readonly healthy: () => boolean;
  readonly pending: () => { readonly records: number; readonly bytes: number };
};

/** A request to the brokers has ended: so many records, after so many milliseconds. */
type SentBatch = { readonly records: number; readonly durationMs: number; readonly failed: boolean };

export type ProducerMetrics = {
  readonly onBatch: (batch: SentBatch) => void;
  /** Tells from now on what waits in the producer, and whether it is connected. */
  readonly watch: <Producer extends Watched>(producer: Producer) => Producer;
};

const partsOf = oncePerRegistry(({ registry }) => {
  const watched = new Map<string, Watched>();
  const gauge = (name: string, help: string, read: (producer: Watched) => number) =>
    new Gauge({
      name,
      help,
      labelNames: ['producer'] as const,
      registers: [registry],
      collect() {
        for (const [producer, seen] of watched) this.set({ producer }, read(seen));
      },
    });
  gauge(
    'kafka_producer_connected',
    'Whether a producer has its broker and all schema ids: 1, or 0',
    (producer) => (producer.healthy() ? 1 : 0),
  );
  gauge(
    'kafka_producer_queue_records',
    'Records that wait for the ack of the brokers',
    (producer) => producer.pending().records,
  );
  gauge('kafka_producer_queue_bytes', 'Their bytes', (producer) => producer.pending().bytes);
  const duration = new Histogram({
    name: 'kafka_producer_request_duration_seconds',
    help: 'Time of one request to the brokers, until all in-sync replicas have its records or it failed',
    labelNames: ['producer', 'outcome'] as const,
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
    registers: [registry],
  });
  const records = new Counter({
    name: 'kafka_producer_records_total',
    help: 'Records that all in-sync replicas have, and records whose request failed; their senders repeat those',
    labelNames: ['producer', 'outcome'] as const,
    registers: [registry],
  });
  return { watched, duration, records };
});

const outcomes = ['acked', 'failed'] as const;

/** What one producer of a process tells of itself, under a name of its own. */
export const producerMetrics = (metrics: Metrics, producer: string): ProducerMetrics => {
  const { watched, duration, records } = partsOf(metrics);
  for (const outcome of outcomes) {
    duration.zero({ producer, outcome });
    records.inc({ producer, outcome }, 0);
  }
  return {
    onBatch: (batch) => {
      const labels = { producer, outcome: batch.failed ? 'failed' : 'acked' } as const;
      duration.observe(labels, batch.durationMs / 1_000);
      records.inc(labels, batch.records);
    },
    watch: (seen) => {
      watched.set(producer, seen);
      return seen;
    },
  };
};
