import { toSourceEvent } from '@contact-sync/domain';
import type { ValidEvent } from '../domain/read-event.ts';
import type { EventIdentity, IngestPorts, LogPosition, Receipt, RefusedItem } from '../ports.ts';

/** What holds for everything in a delivery. */
export type DeliveryReceipt = Pick<Receipt, 'receivedAt' | 'secretId'>;

/** What is to be done with a delivery's items: publish, note, keep in quarantine. */
export type SortedItems = {
  readonly fresh: readonly ValidEvent[];
  readonly repeats: readonly EventIdentity[];
  readonly refused: readonly RefusedItem[];
};

/** What is on its way to the broker. Holds no event: what is under way for long must not keep parsed bodies in memory. */
export type Underway = {
  readonly events: readonly (EventIdentity & Pick<Receipt, 'contactId' | 'sourceVersion'>)[];
  /** What became of each event, in their order. Never rejects. */
  readonly positions: Promise<readonly PromiseSettledResult<LogPosition>[]>;
  /** What became of each refused item. Never rejects. */
  readonly quarantined: Promise<readonly PromiseSettledResult<void>[]>;
  /** Never rejects. */
  readonly noted: Promise<void>;
  readonly delivery: DeliveryReceipt;
};

/**
 * Sends every item off, valid ones to the log and refused ones to quarantine. Whichever fails first, and however soon, is
 * awaited from here on.
 */
export const sendOff = (
  ports: Pick<IngestPorts, 'log' | 'quarantine' | 'seen'>,
  { fresh, repeats, refused }: SortedItems,
  delivery: DeliveryReceipt,
): Underway => {
  const { receivedAt, secretId } = delivery;
  const sent = fresh.map(({ eventId, contentHash, event }) => ({
    identity: { eventId, contentHash },
    event: toSourceEvent(event, receivedAt),
  }));
  return {
    events: sent.map(({ identity, event: { contactId, sourceVersion } }) => ({
      ...identity,
      contactId,
      sourceVersion,
    })),
    positions: Promise.allSettled(sent.map(async ({ event }) => ports.log.publish(event, { secretId }))),
    quarantined: Promise.allSettled(refused.map(async (item) => ports.quarantine.keep(item))),
    noted: ports.seen.repeated(repeats, receivedAt),
    delivery,
  };
};

const firstFailure = (settled: readonly PromiseSettledResult<unknown>[]) =>
  settled.find((result) => result.status === 'rejected');

/**
 * Waits until every item is durable, and remembers those that are.
 *
 * @throws what the first item that is not durable failed with.
 */
export const settleAll = async (
  { observer, seen }: Pick<IngestPorts, 'observer' | 'seen'>,
  { events, positions, quarantined, noted, delivery }: Underway,
): Promise<void> => {
  const settled = await positions;
  const durable = events.flatMap(({ eventId, contentHash, ...head }, index) => {
    const result = settled[index];
    observer.item(result?.status === 'fulfilled' ? 'accepted' : 'failed');
    if (result?.status !== 'fulfilled') return [];
    return [{ eventId, contentHash, receipt: { ...result.value, ...delivery, ...head } }];
  });
  await Promise.all([seen.remember(durable), noted]);
  const failure = firstFailure(settled) ?? firstFailure(await quarantined);
  if (failure) throw failure.reason;
};
