import type { Delivery } from '../domain/delivery/delivery.ts';
import type { DeliveryResult } from '../domain/delivery/result.ts';
import { isRetryable, PATIENCE_MS, pauseBefore } from '../domain/delivery/retry-policy.ts';
import type { Clock, PostAnswer, WebhookEndpoint } from '../ports.ts';

export type DeliverDependencies = {
  readonly endpoint: WebhookEndpoint;
  readonly clock: Clock;
  /** In [0, 1). */
  readonly random: () => number;
};

/** The end that an answer is to a delivery; undefined where the delivery is worth another attempt. */
const endOf = (answer: PostAnswer, attempts: number): DeliveryResult | undefined => {
  if (answer.kind === 'none' || isRetryable(answer.status)) return undefined;
  const { status, code = '', duplicate, ignored, refusedItems } = answer;
  return status >= 200 && status < 300
    ? { kind: 'accepted', attempts, status, duplicate, ignored, refusedItems }
    : { kind: 'refused', attempts, status, code, uncertain: attempts > 1 };
};

/**
 * Delivers as AcmeCRM does: until a 2xx or a refusal, with a fresh signature at each attempt, waiting as Retry-After
 * asks, and giving up after a minute or the delivery's own patience.
 */
export const deliver = async (
  delivery: Pick<Delivery, 'about' | 'body' | 'manner'>,
  { endpoint, clock, random }: DeliverDependencies,
  signal: AbortSignal,
): Promise<DeliveryResult> => {
  const { manner } = delivery;
  const body = delivery.body();
  const messageId = delivery.about.webhook.id;
  const deadline = clock.now() + (manner.patienceMs ?? PATIENCE_MS);
  for (let attempts = 1; ; attempts += 1) {
    const answer = await endpoint.post({ body, messageId, manner, attempt: attempts, signal });
    signal.throwIfAborted();
    const end = endOf(answer, attempts);
    if (end) return end;
    const retryAfterMs = answer.kind === 'answer' ? answer.retryAfterMs : undefined;
    const pause = pauseBefore(attempts + 1, retryAfterMs, random());
    if (clock.now() + pause > deadline) return { kind: 'unanswered', attempts };
    await clock.wait(pause, signal);
  }
};
