import type { LoggedDelivery, Run } from '@contact-sync/api-contracts';
import type { Clock, DeliveryLog } from '../ports.ts';
import type { Runner } from './runner.ts';

export type WatchDependencies = {
  readonly runner: Pick<Runner, 'list'>;
  readonly log: Pick<DeliveryLog, 'since' | 'newest'>;
  readonly clock: Clock;
};

const LOOK_EVERY_MS = 500;
const ALIVE_EVERY_MS = 10_000;
const LONGEST_MS = 600_000;
const RUNS = 5;
const DELIVERIES = 500;

const eventText = (event: string, data: unknown, id?: string): string =>
  `${id === undefined ? '' : `id: ${id}\n`}event: ${event}\ndata: ${JSON.stringify(data)}\n\n`;

const deliveryText = ({ body: _body, ...delivery }: LoggedDelivery): string =>
  eventText('delivery', delivery, delivery.id);

/**
 * Server-sent events of what runs and deliveries do, at every copy: each text is one event or a comment. Goes on from
 * behind the delivery `after`, or from now, until the signal aborts or ten minutes are over.
 */
export async function* watch(
  { runner, log, clock }: WatchDependencies,
  { after, signal }: { readonly after: string | undefined; readonly signal: AbortSignal },
): AsyncGenerator<string, void, void> {
  const begunAt = clock.now();
  const seen = new Map<string, string>();
  let last = after ?? (await log.newest());
  let saidAt = begunAt;
  yield ': welcome\n\n';
  while (!signal.aborted && clock.now() - begunAt < LONGEST_MS) {
    const runs = await runner.list({ limit: RUNS });
    const deliveries = await log.since(last, DELIVERIES);
    last = deliveries.at(-1)?.id ?? last;
    const texts = [...changed(runs, seen), ...deliveries.map(deliveryText)];
    if (texts.length > 0 || clock.now() - saidAt >= ALIVE_EVERY_MS) {
      saidAt = clock.now();
      yield texts.join('') || ': alive\n\n';
    }
    await clock.wait(LOOK_EVERY_MS, signal).catch(() => undefined);
  }
}

/** The runs that are not as they were seen last, oldest first. */
const changed = (runs: readonly Run[], seen: Map<string, string>): string[] =>
  runs.toReversed().flatMap((run) => {
    const text = eventText('run', run);
    if (seen.get(run.id) === text) return [];
    seen.set(run.id, text);
    return [text];
  });
