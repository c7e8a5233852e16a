import type { ValidEvent } from '../domain/read-event.ts';
import { toSourceEvent } from '../domain/to-source-event.ts';
import type { EventIdentity, IngestPorts, LogPosition, RefusedItem } from '../ports.ts';

export type Receipt = { readonly receivedAt: string; readonly secretId: string };

/** What is on its way to the broker. Holds no event: what is under way for long must not keep parsed bodies in memory. */
export type Underway = {
  readonly events: readonly EventIdentity[];
  /** What became of each event, in their order. Never rejects. */
  readonly positions: Promise<readonly PromiseSettledResult<LogPosition>[]>;
  /** What became of each refused item. Never rejects. */
  readonly quarantined: Promise<readonly PromiseSettledResult<void>[]>;
  readonly receivedAt: string;
};

/**
 * Sends every item off, valid ones to the log and refused ones to quarantine. Whichever fails first, and however soon, is
 * awaited from here on.
 */
export const sendOff = (
  ports: Pick<IngestPorts, 'log' | 'quarantine'>,
  fresh: readonly ValidEvent[],
  refused: readonly RefusedItem[],
  { receivedAt, secretId }: Receipt,
): Underway => ({
  events: fresh.map(({ eventId, contentHash }) => ({ eventId, contentHash })),
  positions: Promise.allSettled(
    fresh.map(async ({ event }) => ports.log.publish(toSourceEvent(event, receivedAt), { secretId })),
  ),
  quarantined: Promise.allSettled(refused.map(async (item) => ports.quarantine.keep(item))),
  receivedAt,
});

const firstFailure = (settled: readonly PromiseSettledResult<unknown>[]) =>
  settled.find((result) => result.status === 'rejected');

/**
 * Waits until every item is durable, and remembers those that are.
 *
 * @throws what the first item that is not durable failed with.
 */
export const settleAll = async (
  { observer, seen }: Pick<IngestPorts, 'observer' | 'seen'>,
  { events, positions, quarantined, receivedAt }: Underway,
): Promise<void> => {
  const settled = await positions;
  const durable = events.flatMap((identity, index) => {
    const result = settled[index];
    observer.item(result?.status === 'fulfilled' ? 'accepted' : 'failed');
    return result?.status === 'fulfilled' ? [{ ...identity, receipt: { ...result.value, receivedAt } }] : [];
  });
  await seen.remember(durable);
  const failure = firstFailure(settled) ?? firstFailure(await quarantined);
  if (failure) throw failure.reason;
};
