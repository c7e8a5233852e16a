import { Gauge } from 'prom-client';
import { createCounter, createHistogram, type Metrics, oncePerRegistry } from './metrics.ts';

/** The codes that a call to Redis fails with. */
const faults = ['DEPENDENCY_UNAVAILABLE', 'STORAGE_FULL', 'INTERNAL'] as const;

type Connection = { readonly isReady: () => boolean };

export type RedisMetrics = {
  /** A call has ended after so many milliseconds, with a fault of this code or without one. */
  readonly onCall: (durationMs: number, fault?: { readonly code: string }) => void;
  /** Tells from now on whether commands would reach the server. */
  readonly watch: <Watched extends Connection>(connection: Watched) => Watched;
};

/** What a process's connections to Redis tell of themselves; of several it is ready when all are. */
export const redisMetrics: (metrics: Metrics) => RedisMetrics = oncePerRegistry((metrics) => {
  const watched = new Set<Connection>();
  const duration = createHistogram(metrics, {
    name: 'redis_call_duration_seconds',
    help: 'Time of one round trip to Redis as its caller sees it, whatever it carries; calls that block on purpose aside',
    buckets: [0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5],
  });
  const failures = createCounter(metrics, {
    name: 'redis_call_failures_total',
    help: 'Calls to Redis that failed, by code',
    labels: { code: faults },
  });
  new Gauge({
    name: 'redis_ready',
    help: 'Whether commands would reach Redis as of the scrape: 1, or 0',
    registers: [metrics.registry],
    collect() {
      this.set([...watched].every((connection) => connection.isReady()) ? 1 : 0);
    },
  });
  const known: ReadonlySet<string> = new Set(faults);
  return {
    onCall: (durationMs, fault) => {
      duration.observe(durationMs / 1_000);
      if (fault)
        failures.inc({ code: known.has(fault.code) ? (fault.code as (typeof faults)[number]) : 'INTERNAL' });
    },
    watch: (connection) => {
      watched.add(connection);
      return connection;
    },
  };
});
