import { AppError, type FieldError, limits } from '@contact-sync/domain';
import { parseBody } from '../domain/parse-body.ts';
import { type RefusedEvent, readEvent, type ValidEvent } from '../domain/read-event.ts';
import { toSourceEvent } from '../domain/to-source-event.ts';
import type { EventIdentity, IngestPorts, LogPosition, RefusedItem, SignedDelivery } from '../ports.ts';
import { assertSigned } from './assert-signed.ts';

export type ItemOutcome =
  | { readonly eventId: string; readonly status: 'accepted' | 'duplicate' }
  | { readonly eventId?: string; readonly status: 'refused'; readonly errors: readonly FieldError[] };

/** `single` tells whether the body was one event or an array; outcomes stand in the body's order. */
export type DeliveryOutcome = { readonly single: boolean; readonly outcomes: readonly ItemOutcome[] };

type Receipt = { readonly receivedAt: string; readonly secretId: string };

const MAX_ERRORS = 100;

const itemsOf = (body: unknown): readonly unknown[] => {
  if (!Array.isArray(body)) return [body];
  if (body.length > 0 && body.length <= limits.eventsPerDelivery) return body;
  const detail = `must have 1 to ${limits.eventsPerDelivery} items`;
  throw new AppError('INVALID_BODY', {
    message: 'The array of events has no usable length.',
    errors: [{ pointer: '', detail }],
  });
};

const refuseAll = (refused: readonly { readonly errors: readonly FieldError[] }[]): never => {
  throw new AppError('INVALID_BODY', {
    message: 'No event of the delivery is valid.',
    errors: refused.flatMap(({ errors }) => errors).slice(0, MAX_ERRORS),
  });
};

/** What is on its way to the broker. Holds no event: what is under way for long must not keep parsed bodies in memory. */
type Underway = {
  readonly events: readonly (EventIdentity & { readonly position: Promise<LogPosition> })[];
  readonly quarantined: readonly Promise<void>[];
  readonly receivedAt: string;
};

/** Sends every item off, valid ones to the log and refused ones to quarantine. */
const sendOff = (
  ports: IngestPorts,
  fresh: readonly ValidEvent[],
  refused: readonly RefusedItem[],
  { receivedAt, secretId }: Receipt,
): Underway => ({
  events: fresh.map(({ event, eventId, contentHash }) => ({
    eventId,
    contentHash,
    position: ports.log.publish(toSourceEvent(event, receivedAt), { secretId }),
  })),
  quarantined: refused.map((item) => ports.quarantine.keep(item)),
  receivedAt,
});

/** Waits until every item is durable, and remembers those that are; the first failure is thrown. */
const settleAll = async ({ observer, seen }: IngestPorts, underway: Underway): Promise<void> => {
  const { events, quarantined, receivedAt } = underway;
  const settled = await Promise.allSettled(events.map(({ position }) => position));
  const durable = events.flatMap(({ eventId, contentHash }, index) => {
    const result = settled[index];
    observer.item(result?.status === 'fulfilled' ? 'accepted' : 'failed');
    if (result?.status !== 'fulfilled') return [];
    return [{ eventId, contentHash, receipt: { ...result.value, receivedAt } }];
  });
  await seen.remember(durable);
  await Promise.all([...events.map(({ position }) => position), ...quarantined]);
};

const assertWithinLimit = async ({ limit }: IngestPorts): Promise<void> => {
  const taken = await limit.take();
  if (taken.allowed) return;
  throw new AppError('RATE_LIMITED', {
    message: 'Deliveries come faster than this source may send.',
    retryAfterMs: taken.retryAfterMs,
  });
};

const read = ({ body }: SignedDelivery, receipt: Receipt) => {
  const parsed = parseBody(body);
  const single = !Array.isArray(parsed);
  const items = itemsOf(parsed).map((item, index) => readEvent(item, single ? '' : `/${index}`));
  const toRefused = ({ value, eventId, errors }: RefusedEvent, index: number): RefusedItem => {
    const part = single
      ? { body, itemIndex: undefined }
      : { body: Buffer.from(JSON.stringify(value)), itemIndex: index };
    return { ...part, ...receipt, reason: 'INVALID_BODY', eventId, errors };
  };
  const refused = items.flatMap((item, index) => (item.ok ? [] : [toRefused(item, index)]));
  return { single, items, valid: items.filter((item) => item.ok), refused };
};

/** {@link read}; a body that is no event and no array of events goes into quarantine as it came. */
const readOrQuarantine = async ({ quarantine }: IngestPorts, delivery: SignedDelivery, receipt: Receipt) => {
  try {
    return read(delivery, receipt);
  } catch (error) {
    if (error instanceof AppError && (error.code === 'MALFORMED_BODY' || error.code === 'INVALID_BODY')) {
      const { code: reason, errors = [] } = error;
      const whole = { body: delivery.body, itemIndex: undefined, eventId: undefined };
      await quarantine.offer([{ ...whole, ...receipt, reason, errors }]);
    }
    throw error;
  }
};

const outcomeOf = (item: ValidEvent | RefusedEvent, isRepeat: boolean): ItemOutcome => {
  if (item.ok) return { eventId: item.eventId, status: isRepeat ? 'duplicate' : 'accepted' };
  const id = item.eventId === undefined ? {} : { eventId: item.eventId };
  return { ...id, status: 'refused', errors: item.errors };
};

/** Everything up to the broker. A frame of its own, so that what was parsed is gone while the broker is waited for. */
const begin = async (
  ports: IngestPorts,
  delivery: SignedDelivery,
  receipt: Receipt,
): Promise<DeliveryOutcome & { readonly underway: Underway }> => {
  const { single, items, valid, refused } = await readOrQuarantine(ports, delivery, receipt);
  if (valid.length === 0) {
    await ports.quarantine.offer(refused);
    return refuseAll(refused);
  }
  const known = await ports.seen.known(valid);
  const repeats = new Set<ValidEvent | RefusedEvent>(valid.filter((_, index) => known[index]));
  const fresh = valid.filter((item) => !repeats.has(item));
  const outcomes = items.map((item) => outcomeOf(item, repeats.has(item)));
  return { single, outcomes, underway: sendOff(ports, fresh, refused, receipt) };
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
