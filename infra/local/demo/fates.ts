import { LaunchError } from '../launch-error.ts';
import { eventually } from '../run/eventually.ts';

const NAMES = ['applied', 'unchanged', 'superseded', 'duplicate', 'dead_letter'] as const;

/** What became of events, as event-worker has counted it. */
export type Fates = Record<(typeof NAMES)[number], number>;

const WITHIN_MS = 30_000;
const TIMEOUT_MS = 5_000;

/** Fates since event-worker started, from its metrics. */
export async function readFates(workerOpsUrl: string): Promise<Fates> {
  const response = await fetch(`${workerOpsUrl}/metrics`, { signal: AbortSignal.timeout(TIMEOUT_MS) });
  if (!response.ok) throw new LaunchError(`event-worker answered ${response.status} for its metrics.`);
  return parseFates(await response.text());
}

/** The fates in a text of Prometheus' format; one that was never counted is 0. */
export function parseFates(metrics: string): Fates {
  const counts = new Map<string, number>();
  for (const [, labels = '', value = ''] of metrics.matchAll(/^contact_sync_events_total\{(.*)\} (\S+)$/gm)) {
    const fate = /(?:^|,)fate="([^"]*)"/.exec(labels)?.[1] ?? '';
    counts.set(fate, (counts.get(fate) ?? 0) + Number(value));
  }
  return Object.fromEntries(NAMES.map((name) => [name, counts.get(name) ?? 0])) as Fates;
}

/**
 * Waits until event-worker has found a fate for `expected` events since `before`, or for half a minute; gives what
 * there is then.
 */
export async function awaitFates(workerOpsUrl: string, before: Fates, expected: number): Promise<Fates> {
  let latest = before;
  const probe = async () => {
    latest = difference(await readFates(workerOpsUrl), before);
    const found = sum(latest);
    if (found < expected) throw new Error(`${found} of ${expected} events have a fate`);
  };
  await eventually(probe, { withinMs: WITHIN_MS, everyMs: 100 }).catch(() => undefined);
  return latest;
}

function sum(fates: Fates): number {
  return NAMES.reduce((total, name) => total + fates[name], 0);
}

function difference(after: Fates, before: Fates): Fates {
  return Object.fromEntries(NAMES.map((name) => [name, after[name] - before[name]])) as Fates;
}
