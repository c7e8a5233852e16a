import { AppError } from '@contact-sync/domain';
import fastifyJwt, { type TokenOrHeader } from '@fastify/jwt';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import fastifyPlugin from 'fastify-plugin';
import { accessTokenAlgorithm, accessTokenType, publicAudience } from './access-claims.ts';
import { bearerTokenOf } from './bearer-token.ts';
import type { Access } from './connect-access.ts';
import { audienceOf, checkRoute, type RoutePermission } from './guarded-route.ts';
import type { Principal } from './principal.ts';
import { standingFault } from './standing-fault.ts';
import { keyIdOf } from './token-header.ts';
import { type BeforeVerifying, createTokenVerifier, type VerifiedToken } from './token-verifier.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** Who asks; null on public routes. */
    principal: Principal | null;
  }
}

export type AccessOptions = Access & {
  /** Expected `iss`. */
  readonly issuer: string;
  /** The service's own name, the audience of its `/internal` routes. A service without such routes leaves it out. */
  readonly internalAudience?: string;
  /** To bound what forged tokens cost, say. */
  readonly beforeVerifying?: BeforeVerifying;
};

const challenge = 'Bearer realm="contact-sync"';

const unauthenticated = (reply: FastifyReply, given: boolean): AppError => {
  reply.header('www-authenticate', given ? `${challenge}, error="invalid_token"` : challenge);
  const message = given ? 'The access token is not valid here.' : 'An access token is needed.';
  return new AppError('UNAUTHENTICATED', { message });
};

const forbidden = (reply: FastifyReply, permission: RoutePermission): AppError => {
  reply.header('www-authenticate', `${challenge}, error="insufficient_scope", scope="${permission}"`);
  return new AppError('FORBIDDEN', { message: `This needs the permission ${permission}.` });
};

const registerJwt = (app: FastifyInstance, { keys, issuer, internalAudience }: AccessOptions) =>
  app.register(fastifyJwt, {
    decoratorName: 'accessClaims',
    decode: { complete: true },
    secret: async (_request: FastifyRequest, decoded: TokenOrHeader) => {
      const key = await keys.keyOf(keyIdOf('header' in decoded ? decoded.header : undefined) ?? '');
      if (key === undefined) throw new Error('no key of that id is published');
      return key;
    },
    verify: {
      algorithms: [accessTokenAlgorithm],
      allowedIss: issuer,
      allowedAud: internalAudience ? [publicAudience, internalAudience] : [publicAudience],
      checkTyp: accessTokenType,
      requiredClaims: ['iss', 'aud', 'exp'],
      extractToken: (request) => bearerTokenOf(request.headers.authorization),
    },
  });

/**
 * Verifies the access token of every request to a route with `config.permission` before its body is read, and sets
 * `request.principal`. 401 without a valid token for the route's audience or with a revoked one, 403 without the
 * permission, 503 while no key can be had or it is not known what was revoked. Must be registered on the root before
 * any route; refuses to boot otherwise.
 */
export const accessPlugin = fastifyPlugin(
  async (app: FastifyInstance, options: AccessOptions) => {
    const { keys, revocations, internalAudience } = options;
    if (!app.printRoutes().includes('empty tree')) {
      throw new Error('the access plugin must be registered before any route');
    }
    await registerJwt(app, options);
    const verify = createTokenVerifier(keys, options.beforeVerifying);
    app.decorateRequest('principal', null);
    app.addHook('onRoute', (route) => checkRoute(route, internalAudience));
    const admit = (
      request: FastifyRequest,
      reply: FastifyReply,
      verified: VerifiedToken | undefined,
    ): AppError | undefined => {
      const { permission = 'authenticated' } = request.routeOptions.config;
      const isOurs = verified?.audience === audienceOf(permission, internalAudience);
      if (!isOurs || revocations.revokes(verified)) {
        return unauthenticated(reply, request.headers.authorization !== undefined);
      }
      if (permission !== 'authenticated' && !verified.principal.permissions.has(permission)) {
        return forbidden(reply, permission);
      }
      const fault = standingFault(request, permission, revocations.standing());
      if (fault) return fault;
      request.principal = verified.principal;
      return undefined;
    };
    app.addHook('onRequest', (request, reply, done) => {
      if (request.routeOptions.config.permission === undefined) return done();
      const token = bearerTokenOf(request.headers.authorization);
      const verified = token === undefined ? undefined : verify(request, reply, token);
      // A remembered token waits for nothing; a promise for it would cost more than the look-up.
      if (!(verified instanceof Promise)) return done(admit(request, reply, verified));
      verified.then((fresh) => done(admit(request, reply, fresh)), done);
    });
  },
  { name: 'access' },
);
