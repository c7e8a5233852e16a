import { AppError } from '@contact-sync/domain';
import type { Buckets } from '@contact-sync/redis';
import fastifyRateLimit, { normalizeIP } from '@fastify/rate-limit';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import fastifyPlugin from 'fastify-plugin';
import { bucketStore } from './bucket-store.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Counts the route's requests apart, under the limit of logins. */
    limit?: 'login';
  }
  interface FastifyInstance {
    /**
     * Counts one request against whoever sends it.
     *
     * @throws {AppError} RATE_LIMITED where the limit is reached.
     */
    countRequest: (request: FastifyRequest, reply: FastifyReply) => Promise<void>;
  }
}

export type LimitsOptions = {
  readonly buckets: Buckets;
  /** Requests a minute for each principal, and for each address without one. */
  readonly perMinute: number;
  readonly loginsPerMinute: number;
};

const MINUTE_MS = 60_000;

/** An IPv6 client is its /64, and an IPv4-mapped address is the IPv4 one: neither is a way to more buckets. */
const addressOf = (request: FastifyRequest): string => normalizeIP(request.ip, 64);

const callerOf = (request: FastifyRequest): string => {
  const { principal } = request;
  return principal ? `${principal.kind} ${principal.id}` : `address ${addressOf(request)}`;
};

/**
 * Counts every request once it is known who sends it, by principal or by address, routes of the login class by address
 * and apart. Adds RateLimit headers; a request beyond the limit is answered 429 with Retry-After.
 */
export const limitsPlugin = fastifyPlugin(
  async (app: FastifyInstance, { buckets, perMinute, loginsPerMinute }: LimitsOptions) => {
    await app.register(fastifyRateLimit, { global: false, store: bucketStore(buckets) });
    const limiters = {
      login: app.createRateLimit({
        max: loginsPerMinute,
        timeWindow: MINUTE_MS,
        keyGenerator: (request) => `login ${addressOf(request)}`,
      }),
      default: app.createRateLimit({ max: perMinute, timeWindow: MINUTE_MS, keyGenerator: callerOf }),
    };
    app.decorate('countRequest', async (request: FastifyRequest, reply: FastifyReply) => {
      const outcome = await limiters[request.routeOptions.config.limit ?? 'default'](request);
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
