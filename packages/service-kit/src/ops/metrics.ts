import { Counter, collectDefaultMetrics, Histogram, Registry } from 'prom-client';

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

/** Every value that each label may have. */
type Labels = Readonly<Record<string, readonly (string | number)[]>>;

const combinationsOf = <Known extends Labels>(labels: Known): Record<NamesOf<Known>, string | number>[] =>
  Object.entries(labels).reduce(
    (sets, [name, values]) => sets.flatMap((set) => values.map((value) => ({ ...set, [name]: value }))),
    [{} as Record<NamesOf<Known>, string | number>],
  );

type NamesOf<Known extends Labels> = Extract<keyof Known, string>;

type Described<Known extends Labels> = {
  readonly name: string;
  readonly help: string;
  readonly labels?: Known;
};

type NoLabels = Readonly<Record<never, readonly string[]>>;

/**
 * A counter that stands at 0 from the start for each value of its labels: one that begins with its first event hides that
 * event from `rate()` and `increase()`, which see no difference in it.
 */
export const createCounter = <Known extends Labels = NoLabels>(
  { registry }: Metrics,
  { name, help, labels }: Described<Known>,
): Counter<NamesOf<Known>> => {
  const labelNames = Object.keys(labels ?? {}) as NamesOf<Known>[];
  const counter = new Counter({ name, help, labelNames, registers: [registry] });
  for (const set of combinationsOf(labels ?? {})) counter.inc(set, 0);
  return counter;
};

/** A histogram, in seconds where its name says so, that stands at 0 from the start as {@link createCounter} does. */
export const createHistogram = <Known extends Labels = NoLabels>(
  { registry }: Metrics,
  { name, help, labels, buckets }: Described<Known> & { readonly buckets: readonly number[] },
): Histogram<NamesOf<Known>> => {
  const labelNames = Object.keys(labels ?? {}) as NamesOf<Known>[];
  const histogram = new Histogram({ name, help, labelNames, buckets: [...buckets], registers: [registry] });
  for (const set of combinationsOf(labels ?? {})) histogram.zero(set);
  return histogram;
};

/** What several parts of a process share: made once for each registry. */
export const oncePerRegistry = <Made>(make: (metrics: Metrics) => Made): ((metrics: Metrics) => Made) => {
  const made = new WeakMap<Registry, Made>();
  return (metrics) => {
    const found = made.get(metrics.registry) ?? make(metrics);
    made.set(metrics.registry, found);
    return found;
  };
};
