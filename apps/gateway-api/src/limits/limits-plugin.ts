import type { IncomingMessage } from 'node:http';
import { networkOf } from '@contact-sync/access';
import { type LimitClass, limitClasses } from '@contact-sync/api-contracts';
import { AppError } from '@contact-sync/domain';
import type { Buckets } from '@contact-sync/redis';
import fastifyRateLimit from '@fastify/rate-limit';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import fastifyPlugin from 'fastify-plugin';
import { bucketStore } from './bucket-store.ts';
import { callerOf } from './caller.ts';
import type { ClientAddress } from './client-address.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** How the route's requests count; as reads where absent. */
    limit?: LimitClass;
  }
  interface FastifyInstance {
    /**
     * Counts a request against whoever sends it, once however often it is called.
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
};

type Bucket = (typeof limitClasses)[LimitClass]['bucket'];

const MINUTE_MS = 60_000;

/**
 * Counts every request once it is known who sends it, by principal or by address, for what its class costs; logins and
 * refreshes by address and apart. Adds RateLimit headers; a request beyond the limit is answered 429 with Retry-After. A request that is
 * refused before, without a token say, is counted by `countRequest` where it is answered.
 */
export const limitsPlugin = fastifyPlugin(
  async (app: FastifyInstance, { buckets, addressOf, perMinute }: LimitsOptions) => {
    await app.register(fastifyRateLimit, { global: false, store: bucketStore(buckets) });
    const limiterOf = (limit: LimitClass) => {
      const { bucket, cost } = limitClasses[limit];
      const keyGenerator = (request: FastifyRequest) =>
        bucket === 'calls' ? callerOf(request, addressOf) : `${bucket} ${networkOf(addressOf(request.raw))}`;
      const options = { max: perMinute[bucket], timeWindow: MINUTE_MS, keyGenerator, cost };
      return app.createRateLimit(options);
    };
    const limiters = {
      login: limiterOf('login'),
      refresh: limiterOf('refresh'),
      read: limiterOf('read'),
      write: limiterOf('write'),
      heavy: limiterOf('heavy'),
    };
    const counted = new WeakSet<IncomingMessage>();
    app.decorate('countRequest', async (request: FastifyRequest, reply: FastifyReply) => {
      if (counted.has(request.raw)) return;
      counted.add(request.raw);
      const outcome = await limiters[request.routeOptions.config?.limit ?? 'read'](request);
      if (outcome.isAllowed) return;
      const { max, remaining, ttl, isExceeded } = outcome;
      reply.header('ratelimit-limit', max);
      reply.header('ratelimit-remaining', isExceeded ? 0 : remaining);
      reply.header('ratelimit-reset', Math.ceil(ttl / 1_000));
      if (isExceeded) {
        throw new AppError('RATE_LIMITED', { message: 'Too many requests.', retryAfterMs: Math.max(ttl, 1) });
      }
    });
    app.addHook('onRequest', (request, reply) => app.countRequest(request, reply));
  },
  { name: 'limits', dependencies: ['access'] },
);
