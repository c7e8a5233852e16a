import { type LimitClass, limitClasses } from '@contact-sync/api-contracts';
import { AppError } from '@contact-sync/domain';
import type { Buckets } from '@contact-sync/redis';
import fastifyRateLimit from '@fastify/rate-limit';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import fastifyPlugin from 'fastify-plugin';
import type { Bucket } from './bucket.ts';
import { bucketStore } from './bucket-store.ts';
import { addressCaller, callerOf } from './caller.ts';
import type { ClientAddress } from './client-address.ts';
import { writeLimit } from './limit-headers.ts';
import type { Refusals } from './refusals.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** How the route's requests count; as reads where absent. */
    limit?: LimitClass;
  }
  interface FastifyRequest {
    /** Against what the request has been counted; null until it is. */
    countedAs: 'principal' | 'address' | null;
  }
  interface FastifyInstance {
    /**
     * Counts a request against its principal, and where there is none against its address; once however often it is called.
     *
     * @throws {AppError} RATE_LIMITED where the limit is reached.
     */
    countRequest: (request: FastifyRequest, reply: FastifyReply) => Promise<void>;
  }
}

export type LimitsOptions = {
  readonly buckets: Buckets;
  readonly addressOf: ClientAddress;
  /** Tokens a minute of each bucket: of a principal, or of an address without one; of logins and refreshes by address. */
  readonly perMinute: Readonly<Record<Bucket, number>>;
  readonly refused: Refusals;
};

const MINUTE_MS = 60_000;

const tooMany = (ttl: number): AppError =>
  new AppError('RATE_LIMITED', { message: 'Too many requests.', retryAfterMs: Math.max(ttl, 1) });

/** Counts requests by class, each against the bucket that its class names, of whoever sends it. */
const createLimiters = (app: FastifyInstance, { addressOf, perMinute, refused }: LimitsOptions) => {
  const limiterOf = (limit: LimitClass) => {
    const { bucket, cost } = limitClasses[limit];
    const keyGenerator = (request: FastifyRequest) =>
      bucket === 'calls' ? callerOf(request, addressOf) : addressCaller(request, addressOf, bucket);
    const options = { max: perMinute[bucket], timeWindow: MINUTE_MS, keyGenerator, cost };
    const count = app.createRateLimit(options);
    return async (request: FastifyRequest, reply: FastifyReply): Promise<void> => {
      const counted = await count(request);
      if (counted.isAllowed) return;
      writeLimit(reply, bucket, counted);
      if (!counted.isExceeded) return;
      refused(bucket, counted.key);
      throw tooMany(counted.ttl);
    };
  };
  return {
    login: limiterOf('login'),
    refresh: limiterOf('refresh'),
    read: limiterOf('read'),
    write: limiterOf('write'),
    heavy: limiterOf('heavy'),
  };
};

/**
 * Counts every request for what its class costs: against its principal once a valid token tells it, else against its
 * address; logins and refreshes by address and apart. Answers tell the limit, and one beyond it is 429 with Retry-After.
 * What is refused before, without a token say, is counted by `countRequest` where it is answered.
 */
export const limitsPlugin = fastifyPlugin(
  async (app: FastifyInstance, options: LimitsOptions) => {
    await app.register(fastifyRateLimit, { global: false, store: bucketStore(options.buckets) });
    const limiters = createLimiters(app, options);
    app.decorateRequest('countedAs', null);
    app.decorate('countRequest', async (request: FastifyRequest, reply: FastifyReply) => {
      const as = request.principal ? 'principal' : 'address';
      // Whoever was counted by its address before its token was known to be good counts by its principal too.
      if (request.countedAs === as || request.countedAs === 'principal') return;
      request.countedAs = as;
      await limiters[request.routeOptions.config?.limit ?? 'read'](request, reply);
    });
    app.addHook('onRequest', (request, reply) => app.countRequest(request, reply));
  },
  { name: 'limits', dependencies: ['access'] },
);
