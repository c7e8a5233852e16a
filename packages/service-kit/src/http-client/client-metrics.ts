import { Histogram } from 'prom-client';
import { type Metrics, oncePerRegistry } from '../ops/metrics.ts';

/** How a request to a peer ended: by the class of its status, or without an answer. */
export type CallOutcome = '2xx' | '3xx' | '4xx' | '5xx' | 'timeout' | 'unreachable';

const outcomes: readonly CallOutcome[] = ['2xx', '3xx', '4xx', '5xx', 'timeout', 'unreachable'];

/** The class of a status. */
export const outcomeOfStatus = (status: number): CallOutcome =>
  status < 300 ? '2xx' : status < 400 ? '3xx' : status < 500 ? '4xx' : '5xx';

/** Hears how a request ended, and after how many milliseconds. */
export type CallObserver = (outcome: CallOutcome, durationMs: number) => void;

const durationOf = oncePerRegistry(
  ({ registry }) =>
    new Histogram({
      name: 'http_client_request_duration_seconds',
      help: 'Time from a request to a peer until its answer is there, or it is clear that none comes',
      labelNames: ['peer', 'outcome'] as const,
      buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
      registers: [registry],
    }),
);

/** What is told of requests to a peer; all that may be told of them stands at 0 from now on. */
export const observeCalls = (metrics: Metrics, peer: string): CallObserver => {
  const duration = durationOf(metrics);
  for (const outcome of outcomes) duration.zero({ peer, outcome });
  return (outcome, durationMs) => duration.observe({ peer, outcome }, durationMs / 1_000);
};
