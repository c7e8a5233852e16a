import { collectDefaultMetrics, Registry } from 'prom-client';

export { Counter, Gauge, Histogram } from 'prom-client';

/** A process's metrics. Labels are route templates and closed words, never ids or raw URLs. */
export type Metrics = { readonly registry: Registry };

/** A fresh registry, labelled with the service, with Node's own process metrics in it. */
export const createMetrics = (service: string): Metrics => {
  const registry = new Registry();
  registry.setDefaultLabels({ service });
  collectDefaultMetrics({ register: registry });
  return { registry };
};
