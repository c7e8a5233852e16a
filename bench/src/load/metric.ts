const sample = /^(\w+)(?:\{(.*)\})? (\S+)$/;

/**
 * The sum of a metric's samples that have all of these labels, in what a service tells Prometheus. Throws where there is
 * none: a metric that was renamed is no zero.
 */
export const metricIn = (
  text: string,
  name: string,
  labels: Readonly<Record<string, string>> = {},
): number => {
  const wanted = Object.entries(labels).map(([label, value]) => `${label}="${value}"`);
  const values = text.split('\n').flatMap((line) => {
    const [, found, has = '', value] = sample.exec(line) ?? [];
    return found === name && wanted.every((label) => has.split(',').includes(label)) ? [Number(value)] : [];
  });
  if (values.length === 0) throw new Error(`there is no metric ${name} ${wanted.join()}`);
  return values.reduce((total, value) => total + value, 0);
};

/** {@link metricIn}, asked of a service at its ops port. */
export const readMetric = async (
  opsUrl: string,
  name: string,
  labels?: Readonly<Record<string, string>>,
): Promise<number> => metricIn(await (await fetch(`${opsUrl}/metrics`)).text(), name, labels);

/** How many events event-worker has brought to this end since it began. */
export const countFate = (workerOpsUrl: string, fate: 'applied' | 'dead_letter'): Promise<number> =>
  readMetric(workerOpsUrl, 'contact_sync_events_total', { fate });
