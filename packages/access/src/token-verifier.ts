import { hash } from 'node:crypto';
import { AppError, compileGuard } from '@contact-sync/domain';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { LRUCache } from 'lru-cache';
import { AccessClaims } from './access-claims.ts';
import type { KeyRing } from './key-ring.ts';
import { type Principal, principalOf } from './principal.ts';
import { keyIdOf } from './token-header.ts';

/** A token whose signature and claims hold, for as long as they hold. Times are Unix seconds. */
export type VerifiedToken = {
  readonly principal: Principal;
  readonly audience: string;
  readonly keyId: string;
  readonly notBefore: number;
  readonly expiresAt: number;
};

const MAX_CACHED_TOKENS = 10_000;

const isClaims = compileGuard(AccessClaims);

const toVerified = (claims: unknown, keyId: string): VerifiedToken | undefined => {
  if (!isClaims(claims)) return undefined;
  const principal = principalOf(claims);
  return (
    principal && {
      principal,
      audience: claims.aud,
      keyId,
      notBefore: claims.nbf ?? 0,
      expiresAt: claims.exp,
    }
  );
};

// The signature costs about as much as a whole request, so what it proved is kept by the token's hash.
const cacheKeyOf = (token: string): string => hash('sha256', token, 'base64');

const isTime = (token: VerifiedToken): boolean => {
  const now = Date.now() / 1_000;
  return token.notBefore <= now && now < token.expiresAt;
};

/** Runs before the signature of a token is checked that is not remembered; where it rejects, none is. */
export type BeforeVerifying = (request: FastifyRequest, reply: FastifyReply) => Promise<void>;

/**
 * Verifies the token of a request once and remembers the result until the token expires or its key is withdrawn.
 * Gives a remembered one at once, else resolves; undefined for anything that is not a valid token of ours.
 *
 * @throws {AppError} DEPENDENCY_UNAVAILABLE where no key can be had to judge by, and what `before` throws.
 */
export const createTokenVerifier = (keys: KeyRing, before: BeforeVerifying | undefined) => {
  const verified = new LRUCache<string, VerifiedToken>({ max: MAX_CACHED_TOKENS });
  const verifySignature = async (request: FastifyRequest): Promise<VerifiedToken | undefined> => {
    try {
      const { header } = await request.jwtDecode<{ readonly header?: unknown }>();
      const keyId = keyIdOf(header);
      return keyId === undefined ? undefined : toVerified(await request.jwtVerify<object>(), keyId);
    } catch (error) {
      // Whatever else a hostile token makes a parser throw, it is not a valid token.
      if (error instanceof AppError) throw error;
      return undefined;
    }
  };
  const verifyAnew = async (
    request: FastifyRequest,
    reply: FastifyReply,
    cacheKey: string,
  ): Promise<VerifiedToken | undefined> => {
    await before?.(request, reply);
    const fresh = await verifySignature(request);
    if (!fresh || !isTime(fresh)) return undefined;
    verified.set(cacheKey, fresh);
    return fresh;
  };
  return (
    request: FastifyRequest,
    reply: FastifyReply,
    token: string,
  ): VerifiedToken | Promise<VerifiedToken | undefined> => {
    const cacheKey = cacheKeyOf(token);
    const cached = verified.get(cacheKey);
    if (cached && isTime(cached) && keys.trusts(cached.keyId)) return cached;
    return verifyAnew(request, reply, cacheKey);
  };
};
