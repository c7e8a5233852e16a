import { createHash, timingSafeEqual } from 'node:crypto';
import { AppError } from '@contact-sync/domain';
import type { BucketSize, Buckets } from '@contact-sync/redis';
import type { App } from '@contact-sync/service-kit';

export type ApiKeyOptions = {
  /** Without one nobody is let in. */
  readonly apiKey: string | undefined;
  readonly buckets: Buckets;
  readonly ratePerSecond: number;
};

const SECOND_MS = 1_000;

const digestOf = (text: string): Buffer => createHash('sha256').update(text).digest();

/**
 * Lets nobody in without AcmeCRM's key, and no more often than AcmeCRM lets its customers: beyond it is 429 with
 * Retry-After. For routes whose contract is public because no token of ours opens them.
 */
export const guardByApiKey = (app: App, { apiKey, buckets, ratePerSecond }: ApiKeyOptions): void => {
  const right = apiKey === undefined ? undefined : digestOf(`Bearer ${apiKey}`);
  const size: BucketSize = { capacity: ratePerSecond, refillMs: SECOND_MS };
  app.addHook('onRequest', async (request, reply) => {
    const given = digestOf(request.headers.authorization ?? '');
    if (right === undefined || !timingSafeEqual(given, right)) {
      reply.header('www-authenticate', 'Bearer realm="acme"');
      throw new AppError('UNAUTHENTICATED', { message: 'AcmeCRM does not know this API key.' });
    }
    const { taken, untilNextMs } = await buckets.take('crm', size);
    if (taken) return;
    throw new AppError('RATE_LIMITED', {
      message: 'AcmeCRM takes no more requests a second.',
      retryAfterMs: Math.max(untilNextMs, 1),
    });
  });
};
