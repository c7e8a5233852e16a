import { AppError } from '@contact-sync/domain';
import type { FastifyReply, FastifyRequest } from 'fastify';

declare module 'fastify' {
  interface FastifyRequest {
    /** What is under way for the request behind the gateway; null on routes that the gateway answers itself. */
    upstreamCall: UpstreamCall | null;
  }
}

/** The life of one request behind the gateway. */
export type UpstreamCall = {
  /** Aborted when the deadline passes, with what to answer for a reason, and when the caller hangs up. */
  readonly signal: AbortSignal;
  /** Whether its caller is no longer there to hear an answer. */
  readonly isAbandoned: () => boolean;
  /** Books bytes of the body until all is over; false where there is no room for them. */
  readonly book: (bytes: number) => boolean;
  /** The answer has begun, so the deadline is met. */
  readonly answered: () => void;
};

export type CallOptions = {
  readonly timeoutMs: number;
  readonly book: UpstreamCall['book'];
  /** Runs once when all is over. */
  readonly onEnd: () => void;
};

const late = (): AppError =>
  new AppError('TIMEOUT', { message: 'The request was not answered in time.', retryable: true });

/** The call of a request whose answer must begin within `timeoutMs` of its arrival. */
export const beginCall = (reply: FastifyReply, { timeoutMs, book, onEnd }: CallOptions): UpstreamCall => {
  const controller = new AbortController();
  const untilLate = Math.max(0, timeoutMs - reply.elapsedTime);
  const deadline = setTimeout(() => controller.abort(late()), untilLate);
  const end = (): void => {
    clearTimeout(deadline);
    if (!reply.raw.writableFinished) controller.abort(new Error('the caller hung up'));
    onEnd();
  };
  // Closed when the answer is out, and when the caller hangs up, which it may have done by now.
  if (reply.raw.destroyed) end();
  else reply.raw.once('close', end);
  return {
    signal: controller.signal,
    book,
    isAbandoned: () => reply.raw.destroyed,
    answered: () => clearTimeout(deadline),
  };
};

/**
 * The call of a request that is passed on.
 *
 * @throws {Error} where none was begun: the route's own mistake.
 */
export const callOf = ({ upstreamCall }: FastifyRequest): UpstreamCall => {
  if (!upstreamCall) throw new Error('a request is passed on that was never begun');
  return upstreamCall;
};
