import { AppError, type FieldError, limits } from '@contact-sync/domain';
import { parseBody } from '../domain/parse-body.ts';
import { type RefusedEvent, readEvent, type ValidEvent } from '../domain/read-event.ts';
import { toSourceEvent } from '../domain/to-source-event.ts';
import type { IngestPorts, RefusedItem, SignedDelivery } from '../ports.ts';
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

/** Makes every item durable, valid ones in the log and refused ones in quarantine; the first failure is thrown. */
const keepAll = async (
  ports: IngestPorts,
  fresh: readonly ValidEvent[],
  refused: readonly RefusedItem[],
  receipt: Receipt,
): Promise<void> => {
  const { receivedAt, secretId } = receipt;
  const published = fresh.map(({ event }) =>
    ports.log.publish(toSourceEvent(event, receivedAt), { secretId }),
  );
  const quarantined = refused.map((item) => ports.quarantine.keep(item));
  const settled = await Promise.allSettled(published);
  const durable = fresh.flatMap(({ eventId, contentHash }, index) => {
    const result = settled[index];
    ports.observer.item(result?.status === 'fulfilled' ? 'accepted' : 'failed');
    if (result?.status !== 'fulfilled') return [];
    return [{ eventId, contentHash, receipt: { ...result.value, receivedAt } }];
  });
  await ports.seen.remember(durable);
  await Promise.all([...published, ...quarantined]);
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
  const receipt = { secretId, receivedAt: new Date(ports.now()).toISOString() };
  const { single, items, valid, refused } = await readOrQuarantine(ports, delivery, receipt);
  if (valid.length === 0) {
    await ports.quarantine.offer(refused);
    return refuseAll(refused);
  }
  const known = await ports.seen.known(valid);
  const repeats = new Set(valid.filter((_, index) => known[index]));
  const fresh = valid.filter((item) => !repeats.has(item));
  await keepAll(ports, fresh, refused, receipt);
  const outcomes = items.map((item): ItemOutcome => {
    if (item.ok) return { eventId: item.eventId, status: repeats.has(item) ? 'duplicate' : 'accepted' };
    const id = item.eventId === undefined ? {} : { eventId: item.eventId };
    return { ...id, status: 'refused', errors: item.errors };
  });
  for (const { status } of outcomes) if (status !== 'accepted') ports.observer.item(status);
  return { single, outcomes };
};
