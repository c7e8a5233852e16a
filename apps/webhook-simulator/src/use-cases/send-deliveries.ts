import type { Delivery } from '../domain/delivery/delivery.ts';
import type { Clock } from '../ports.ts';

export type Pace = { readonly ratePerSecond: number; readonly clock: Clock; readonly signal: AbortSignal };

// A slow endpoint gets no more than this at once, as from any sender with a pool of connections.
const MAX_IN_FLIGHT = 64;

/**
 * Begins the deliveries in their order at the given rate, whether earlier ones have ended or not, but never more than
 * 64 at once. Resolves when all have ended; rejects with the first fault of `send`.
 */
export const sendDeliveries = async (
  deliveries: readonly Delivery[],
  send: (delivery: Delivery, index: number) => Promise<void>,
  { ratePerSecond, clock, signal }: Pace,
): Promise<void> => {
  const inFlight = new Set<Promise<void>>();
  const begunAt = clock.now();
  for (const [index, delivery] of deliveries.entries()) {
    const early = begunAt + (index * 1_000) / ratePerSecond - clock.now();
    if (early > 0) await clock.wait(early, signal);
    while (inFlight.size >= MAX_IN_FLIGHT) await Promise.race(inFlight);
    signal.throwIfAborted();
    const sending: Promise<void> = send(delivery, index).finally(() => inFlight.delete(sending));
    // Its fault is met below; until then it must not count as unhandled.
    sending.catch(() => undefined);
    inFlight.add(sending);
  }
  await Promise.all(inFlight);
};
