import { limitClasses } from '@contact-sync/api-contracts';
import { createCounter, type Metrics } from '@contact-sync/service-kit';
import type { Bucket } from './bucket.ts';

/** Hears of each request that is beyond its limit; `key` says whose, as `user 7f…` or `address 203.0.113.7`. */
export type Refusals = (bucket: Bucket, key: string) => void;

const MINUTE_MS = 60_000;
/** Callers that are named in one minute; more are an attack from everywhere, whose names tell nobody anything. */
const MAX_NAMED = 1_000;

/** Counts refusals, and logs one line for each caller and minute. */
export const createRefusals = (
  metrics: Metrics,
  logger: { warn(details: object, message: string): void },
  clock: () => number = performance.now.bind(performance),
): Refusals => {
  const counter = createCounter(metrics, {
    name: 'rate_limit_refusals_total',
    help: 'Requests beyond the limit of their caller, answered 429',
    labels: { bucket: [...new Set(Object.values(limitClasses).map(({ bucket }) => bucket))] },
  });
  const named = new Set<string>();
  let minute = 0;
  return (bucket, key) => {
    counter.inc({ bucket });
    const current = Math.floor(clock() / MINUTE_MS);
    if (current !== minute) named.clear();
    minute = current;
    if (named.has(key) || named.size === MAX_NAMED) return;
    named.add(key);
    logger.warn({ bucket, key }, 'a caller is beyond its limit');
  };
};
