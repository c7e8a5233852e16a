import type { DeliveryFault, LoggedDelivery, SendRequest } from '@contact-sync/api-contracts';
import { AppError } from '@contact-sync/domain';
import { type Manner, skewBeyondWindow } from '../domain/delivery/delivery.ts';
import type { Clock, DeliveryLog, PostAnswer, Targets, WebhookEndpoint } from '../ports.ts';
import { toldAttempt } from './deliver-logged.ts';

/** What a fault of the API makes of a delivery. */
const manners: Readonly<Record<DeliveryFault, Manner>> = {
  none: {},
  'wrong-secret': { signer: 'unknown' },
  'no-signature': { signer: 'nobody' },
  'old-timestamp': { clockSkewSeconds: -skewBeyondWindow },
  'future-timestamp': { clockSkewSeconds: skewBeyondWindow },
  'no-timestamp': { timestamp: null },
  'tampered-body': { tamper: (body) => `${body} ` },
  'slow-body': { trickleMs: 3_000 },
  'connection-reset': { reset: true },
};

export type DeliveriesDependencies = {
  readonly targets: Targets;
  readonly log: DeliveryLog;
  readonly clock: Clock;
  /** Rising with time. */
  readonly newId: () => string;
};

export type Deliveries = {
  /** @throws {AppError} TARGET_NOT_ALLOWED */
  readonly send: (request: SendRequest, signal: AbortSignal) => Promise<LoggedDelivery>;
  /** @throws {AppError} NOT_FOUND; CONFLICT where the body was too long to be kept; TARGET_NOT_ALLOWED */
  readonly redeliver: (id: string, signal: AbortSignal) => Promise<LoggedDelivery>;
};

const stateOf = (answer: PostAnswer): LoggedDelivery['state'] => {
  if (answer.kind === 'none') return 'unanswered';
  return answer.status >= 200 && answer.status < 300 ? 'accepted' : 'refused';
};

const idsIn = (body: string): Pick<LoggedDelivery, 'eventIds' | 'acmeId'> => {
  try {
    const value: unknown = JSON.parse(body);
    const items: unknown[] = Array.isArray(value) ? value : [value];
    const idOf = (of: unknown) => (typeof of === 'object' && of !== null ? Reflect.get(of, 'id') : undefined);
    const eventIds = items.map(idOf).filter((id) => typeof id === 'string');
    const [first] = items;
    const acmeId = idOf(typeof first === 'object' && first !== null ? Reflect.get(first, 'data') : undefined);
    return { eventIds: eventIds.slice(0, 100), ...(typeof acmeId === 'string' && { acmeId }) };
  } catch {
    return { eventIds: [] };
  }
};

/** Deliveries that people send by hand: one attempt each, logged. */
export const createDeliveries = ({ targets, log, clock, newId }: DeliveriesDependencies): Deliveries => {
  const endpointOf = (name: string): WebhookEndpoint => {
    const endpoint = targets.endpointOf(name);
    if (endpoint) return endpoint;
    throw new AppError('TARGET_NOT_ALLOWED', {
      message: 'Deliveries go to the targets of the status alone.',
    });
  };
  const sendOnce = async (
    { body, fault = 'none', target = targets.names[0] }: SendRequest,
    more: Pick<LoggedDelivery, 'redeliveryOf'>,
    signal: AbortSignal,
  ): Promise<LoggedDelivery> => {
    const endpoint = endpointOf(target);
    const id = newId();
    const ids = idsIn(body);
    const at = clock.now();
    const messageId = ids.eventIds[0]?.replaceAll(/[.\s]/g, '_') ?? id;
    const answer = await endpoint.post({ body, messageId, manner: manners[fault], attempt: 1, signal });
    const attempt = toldAttempt({ number: 1, at, latencyMs: clock.now() - at, answer });
    const delivery = {
      id,
      ...ids,
      ...more,
      target,
      fault,
      state: stateOf(answer),
      attempts: [attempt],
      body,
    };
    log.add(delivery);
    return delivery;
  };
  return {
    send: (request, signal) => sendOnce(request, {}, signal),
    redeliver: async (id, signal) => {
      const delivery = await log.find(id);
      if (!delivery) throw new AppError('NOT_FOUND', { message: 'There is no such delivery, or no longer.' });
      const { body, target } = delivery;
      if (body === undefined)
        throw new AppError('CONFLICT', {
          message: 'Its body was too long to be kept, so it cannot be sent again.',
        });
      return sendOnce({ body, target }, { redeliveryOf: id }, signal);
    },
  };
};
