import { AppError, limits } from '@contact-sync/domain';
import type { FastifyReply, FastifyRequest } from 'fastify';

export type AdmissionLimits = {
  /** Requests that may be under way. */
  readonly requests: number;
  /** Bytes of their bodies. */
  readonly bytes: number;
};

const declaredBytes = (request: FastifyRequest): number => {
  const declared = Number(request.headers['content-length']);
  return Number.isSafeInteger(declared) && declared >= 0
    ? Math.min(declared, limits.deliveryBytes)
    : limits.deliveryBytes;
};

/**
 * Bounds what is under way before a body is read, so that memory stays flat however slow the broker is. Beyond the
 * bound a request is answered 503, and AcmeCRM sends it again.
 */
export const createAdmission = (bound: AdmissionLimits) => {
  let requests = 0;
  let bytes = 0;
  return (request: FastifyRequest, reply: FastifyReply, done: (error?: Error) => void): void => {
    const size = declaredBytes(request);
    if (requests >= bound.requests || bytes + size > bound.bytes) {
      done(new AppError('OVERLOADED', { message: 'Too many deliveries at once.', retryAfterMs: 1_000 }));
      return;
    }
    requests += 1;
    bytes += size;
    // Also when the sender hangs up.
    reply.raw.once('close', () => {
      requests -= 1;
      bytes -= size;
    });
    done();
  };
};
