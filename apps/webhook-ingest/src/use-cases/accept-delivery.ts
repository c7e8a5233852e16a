import { AppError, type FieldError, limits } from '@contact-sync/domain';
import { type ParsedBody, parseBody } from '../domain/parse-body.ts';
import { type ReadEvent, type RefusedEvent, readEvent, type ValidEvent } from '../domain/read-event.ts';
import { sliceItems } from '../domain/slice-items.ts';
import type { IngestPorts, RefusedItem, SignedDelivery } from '../ports.ts';
import { assertSigned } from './assert-signed.ts';
import { type DeliveryReceipt, sendOff, settleAll, type Underway } from './send-off.ts';

export type ItemOutcome =
  | { readonly eventId: string; readonly status: 'accepted' | 'duplicate' }
  | { readonly eventId?: string; readonly status: 'ignored' }
  | { readonly eventId?: string; readonly status: 'refused'; readonly errors: readonly FieldError[] };

/** `single` tells whether the body was one event or an array; outcomes stand in the body's order. */
export type DeliveryOutcome = { readonly single: boolean; readonly outcomes: readonly ItemOutcome[] };

const MAX_ERRORS = 100;

const assertUsableLength = ({ single, items }: ParsedBody): void => {
  if (single || (items.length > 0 && items.length <= limits.eventsPerDelivery)) return;
  const detail = `must have 1 to ${limits.eventsPerDelivery} items`;
  throw new AppError('INVALID_BODY', {
    message: 'The array of events has no usable length.',
    errors: [{ pointer: '', detail }],
  });
};

const refuseAll = (refused: readonly RefusedItem[]): never => {
  const [first] = refused;
  throw new AppError(refused.length === 1 && first ? first.reason : 'INVALID_BODY', {
    message: 'No event of the delivery is valid.',
    errors: refused.flatMap(({ errors }) => errors).slice(0, MAX_ERRORS),
  });
};

const assertWithinLimit = async ({ limit }: IngestPorts): Promise<void> => {
  const taken = await limit.take();
  if (taken.allowed) return;
  throw new AppError('RATE_LIMITED', {
    message: 'Deliveries come faster than this source may send.',
    retryAfterMs: taken.retryAfterMs,
  });
};

/** A delivery's items, judged. */
export type Read = { readonly single: boolean; readonly items: readonly ReadEvent[] };

/**
 * A body's items in its order, each judged by itself.
 *
 * @throws {AppError} MALFORMED_BODY or INVALID_BODY for a body that is no event and no array of events.
 */
export const read = (body: Buffer): Read => {
  const parsed = parseBody(body);
  assertUsableLength(parsed);
  return { single: parsed.single, items: parsed.items.map(readEvent) };
};

/** {@link read}; a body that is no event and no array of events goes into quarantine as it came. */
const readOrQuarantine = async ({ quarantine }: IngestPorts, body: Buffer, receipt: DeliveryReceipt) => {
  try {
    return read(body);
  } catch (error) {
    if (error instanceof AppError && (error.code === 'MALFORMED_BODY' || error.code === 'INVALID_BODY')) {
      const { code: reason, errors = [] } = error;
      const whole = { body, itemIndex: undefined, eventId: undefined };
      await quarantine.offer([{ ...whole, ...receipt, reason, errors }]);
    }
    throw error;
  }
};

/** What goes into quarantine: the bytes of each refused item as they came. */
const refusedItems = ({ single, items }: Read, body: Buffer, receipt: DeliveryReceipt): RefusedItem[] => {
  const refused = items.flatMap((item, index) => (item.kind === 'refused' ? [{ item, index }] : []));
  const slices = single || refused.length === 0 ? [] : sliceItems(body);
  return refused.map(({ item: { reason, eventId, errors }, index }) => {
    const part = { body: slices[index] ?? body, itemIndex: single ? undefined : index };
    return { ...part, ...receipt, reason, eventId, errors };
  });
};

const outcomeOf = (item: ReadEvent, isRepeat: boolean): ItemOutcome => {
  if (item.kind === 'valid') return { eventId: item.eventId, status: isRepeat ? 'duplicate' : 'accepted' };
  const id = item.eventId === undefined ? {} : { eventId: item.eventId };
  if (item.kind === 'ignored') return { ...id, status: 'ignored' };
  return { ...id, status: 'refused', errors: item.errors };
};

const isRefused = (item: ReadEvent): item is RefusedEvent => item.kind === 'refused';
export const isValid = (item: ReadEvent): item is ValidEvent => item.kind === 'valid';

/** Everything up to the broker. A frame of its own, so that what was parsed is gone while the broker is waited for. */
const begin = async (
  ports: IngestPorts,
  { body }: SignedDelivery,
  receipt: DeliveryReceipt,
): Promise<DeliveryOutcome & { readonly underway: Underway }> => {
  const delivery = await readOrQuarantine(ports, body, receipt);
  const { single, items } = delivery;
  const refused = refusedItems(delivery, body, receipt);
  if (items.every(isRefused)) {
    await ports.quarantine.offer(refused);
    return refuseAll(refused);
  }
  const valid = items.filter(isValid);
  const known = await ports.seen.known(valid);
  const repeats = valid.filter((_, index) => known[index]);
  const repeated = new Set<ReadEvent>(repeats);
  const fresh = valid.filter((item) => !repeated.has(item));
  const outcomes = items.map((item) => outcomeOf(item, repeated.has(item)));
  return { single, outcomes, underway: sendOff(ports, { fresh, repeats, refused }, receipt) };
};

/**
 * Design rule 1 from signature to answer: whatever is answered as accepted is on the broker, and nothing is remembered
 * that is not.
 *
 * @throws {AppError} 4xx codes for a delivery at fault as a whole; retryable ones if any item is not durable.
 */
export const acceptDelivery = async (
  ports: IngestPorts,
  delivery: SignedDelivery,
): Promise<DeliveryOutcome> => {
  const secretId = assertSigned(ports, delivery);
  await assertWithinLimit(ports);
  const receivedAt = new Date(ports.now()).toISOString();
  const { single, outcomes, underway } = await begin(ports, delivery, { secretId, receivedAt });
  await settleAll(ports, underway);
  for (const { status } of outcomes) if (status !== 'accepted') ports.observer.item(status);
  return { single, outcomes };
};
