import type { Scope } from '@contact-sync/api-contracts';
import { AppError, compileGuard } from '@contact-sync/domain';
import { createHttpClient, type HttpResponse, type Metrics } from '@contact-sync/service-kit';
import { type Static, Type } from 'typebox';

export type ServiceTokens = {
  /**
   * A token that is still valid for a while.
   *
   * @throws {AppError} DEPENDENCY_UNAVAILABLE or TIMEOUT, retryable, where auth-service gives none.
   */
  readonly getToken: () => Promise<string>;
  /** Forgets `token` after a peer answered it with 401; one that has replaced it meanwhile stays. */
  readonly invalidate: (token: string) => void;
  readonly close: () => Promise<void>;
};

export type ServiceTokensOptions = {
  readonly authUrl: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** The service that the token is for, or `integration-api` for public routes. */
  readonly audience: string;
  /** A subset of the client's scopes; all of them where absent. */
  readonly scopes?: readonly Scope[];
  readonly metrics?: Metrics;
};

const Grant = Type.Object({
  access_token: Type.String({ minLength: 1 }),
  expires_in: Type.Number({ exclusiveMinimum: 0 }),
});

const isGrant = compileGuard(Grant);

type Cached = { readonly token: string; readonly renewAt: number; readonly expiresAt: number };

/** Renewal begins after this part of a token's life, while the token still works. */
const RENEW_AFTER = 0.8;
/** A token is no longer given out this long before it expires, so that it lives until the peer sees it. */
const MARGIN_MS = 5_000;
/** Least time between two tries after a failure, in milliseconds. */
const RETRY_INTERVAL_MS = 1_000;

const toGrant = (response: HttpResponse): Static<typeof Grant> => {
  if (response.status === 200 && isGrant(response.json)) return response.json;
  throw new AppError('DEPENDENCY_UNAVAILABLE', {
    message: 'A service that is needed for this does not answer.',
    internal: `auth-service answered ${response.status} to a request for a service token`,
    retryable: true,
  });
};

// RFC 6749 section 2.3.1: both halves are form-encoded before they are joined.
const basicAuthorization = (id: string, secret: string): string => {
  const encode = (part: string) => new URLSearchParams({ '': part }).toString().slice(1);
  return `Basic ${Buffer.from(`${encode(id)}:${encode(secret)}`).toString('base64')}`;
};

const createGrantRequest = (options: ServiceTokensOptions) => {
  const { authUrl, clientId, clientSecret, audience, scopes, metrics } = options;
  const http = createHttpClient({
    peer: 'auth-service',
    baseUrl: authUrl,
    timeoutMs: 3_000,
    connections: 1,
    ...(metrics && { metrics }),
  });
  const body = new URLSearchParams({
    grant_type: 'client_credentials',
    audience,
    ...(scopes ? { scope: scopes.join(' ') } : {}),
  }).toString();
  const headers = {
    'content-type': 'application/x-www-form-urlencoded',
    authorization: basicAuthorization(clientId, clientSecret),
  };
  const request = async (): Promise<Cached> => {
    const askedAt = Date.now();
    const grant = toGrant(await http.request({ method: 'POST', path: '/oauth2/token', headers, body }));
    const lifeMs = grant.expires_in * 1_000;
    return {
      token: grant.access_token,
      renewAt: askedAt + lifeMs * RENEW_AFTER,
      expiresAt: askedAt + lifeMs - Math.min(MARGIN_MS, lifeMs / 10),
    };
  };
  return { request, close: http.close };
};

/**
 * Tokens of a machine client for calls to one peer (client credentials, RFC 6749 section 4.4). One request at a time,
 * renewed in the background before expiry; a failing renewal is not noticed while the old token lives.
 */
export const createServiceTokens = (options: ServiceTokensOptions): ServiceTokens => {
  const { request, close } = createGrantRequest(options);
  let cached: Cached | undefined;
  let renewing: Promise<Cached> | undefined;
  let failure: { readonly error: unknown; readonly at: number } | undefined;

  const renew = (): Promise<Cached> => {
    if (!renewing && failure && Date.now() - failure.at < RETRY_INTERVAL_MS)
      return Promise.reject(failure.error);
    renewing ??= request()
      .then(
        (fresh) => {
          failure = undefined;
          cached = fresh;
          return fresh;
        },
        (error: unknown) => {
          failure = { error, at: Date.now() };
          throw error;
        },
      )
      .finally(() => {
        renewing = undefined;
      });
    return renewing;
  };

  return {
    getToken: async () => {
      if (!cached || Date.now() >= cached.expiresAt) return (await renew()).token;
      if (Date.now() >= cached.renewAt) renew().catch(() => undefined);
      return cached.token;
    },
    invalidate: (token) => {
      if (cached?.token === token) cached = undefined;
    },
    close,
  };
};
