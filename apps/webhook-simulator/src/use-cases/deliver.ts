import type { Manner } from '../domain/delivery/delivery.ts';
import type { DeliveryResult } from '../domain/delivery/result.ts';
import { isRetryable, PATIENCE_MS, pauseBefore } from '../domain/delivery/retry-policy.ts';
import type { Clock, PostAnswer, WebhookEndpoint } from '../ports.ts';

/** What is sent at each attempt, signed afresh. */
export type Sendable = { readonly messageId: string; readonly body: string; readonly manner: Manner };

/** One attempt: when it began, in ms since 1970, and how long it took. */
export type Attempt = {
  readonly number: number;
  readonly at: number;
  readonly latencyMs: number;
  readonly answer: PostAnswer;
};

export type DeliverDependencies = {
  readonly endpoint: WebhookEndpoint;
  readonly clock: Clock;
  /** In [0, 1). */
  readonly random: () => number;
  readonly onAttempt?: (attempt: Attempt) => void;
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
  { messageId, body, manner }: Sendable,
  { endpoint, clock, random, onAttempt }: DeliverDependencies,
  signal: AbortSignal,
): Promise<DeliveryResult> => {
  const deadline = clock.now() + (manner.patienceMs ?? PATIENCE_MS);
  for (let attempts = 1; ; attempts += 1) {
    const at = clock.now();
    const answer = await endpoint.post({ body, messageId, manner, attempt: attempts, signal });
    signal.throwIfAborted();
    onAttempt?.({ number: attempts, at, latencyMs: clock.now() - at, answer });
    const end = endOf(answer, attempts);
    if (end) return end;
    const retryAfterMs = answer.kind === 'answer' ? answer.retryAfterMs : undefined;
    const pause = pauseBefore(attempts + 1, retryAfterMs, random());
    if (clock.now() + pause > deadline) return { kind: 'unanswered', attempts };
    await clock.wait(pause, signal);
  }
};
