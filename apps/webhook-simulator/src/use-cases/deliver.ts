import { bodyOf, type Delivery } from '../domain/delivery/delivery.ts';
import { isRetryable, pauseBefore, retryPolicy } from '../domain/delivery/retry-policy.ts';
import type { DeliveryResult } from '../domain/delivery/tally.ts';
import type { Clock, WebhookEndpoint } from '../ports.ts';

export type DeliverDependencies = {
  readonly endpoint: WebhookEndpoint;
  readonly clock: Clock;
  /** In [0, 1). */
  readonly random: () => number;
};

/**
 * Delivers as AcmeCRM does: until a 2xx or a refusal, with a fresh signature at each attempt, waiting as Retry-After
 * asks, and giving up after a minute.
 */
export const deliver = async (
  delivery: Delivery,
  { endpoint, clock, random }: DeliverDependencies,
  signal: AbortSignal,
): Promise<DeliveryResult> => {
  const body = bodyOf(delivery);
  const signature = delivery.kind === 'badSignature' ? 'wrong' : 'right';
  const begunAt = clock.now();
  for (let attempts = 1; ; attempts += 1) {
    const answer = await endpoint.post({ body, signature, signal });
    signal.throwIfAborted();
    if (answer.kind === 'answer' && !isRetryable(answer.status)) {
      const { status, code = '', duplicate } = answer;
      if (status >= 200 && status < 300) return { kind: 'accepted', attempts, duplicate };
      return { kind: 'refused', attempts, status, code, uncertain: attempts > 1 };
    }
    const retryAfterMs = answer.kind === 'answer' ? answer.retryAfterMs : undefined;
    const pause = pauseBefore(attempts + 1, retryAfterMs, random());
    const isOver = clock.now() + pause - begunAt > retryPolicy.giveUpAfterMs;
    if (isOver || attempts === retryPolicy.maxAttempts) return { kind: 'unanswered', attempts };
    await clock.wait(pause, signal);
  }
};
