import type { Credentials, TokenSource } from './credentials.ts';
import { type GrantRoutes, requestGrant } from './grants.ts';
import { unlessAborted } from './unless-aborted.ts';

type Held = { readonly token: string; readonly renewAt: number; readonly expiresAt: number };

/** Renewal begins when so much of a token's life is over, while it still works. */
const RENEW_AFTER = 0.8;
/** A token is no longer sent so long before its end, so that it lives until it is read. */
const MARGIN_MS = 5_000;
/** Least time between two requests after a failure: the limits of log-in are narrow. */
const REST_MS = 1_000;

/**
 * Tokens by credentials; a person logs in once and goes on in that session. One request at a time for all who wait, renewed in the background before they expire. A
 * renewal that fails is not noticed while the old token lives; after that every call fails with the reason.
 */
export const accessTokens = (credentials: Credentials, routes: GrantRoutes): TokenSource => {
  if ('tokens' in credentials) return credentials.tokens;
  if ('accessToken' in credentials) {
    return { get: async () => credentials.accessToken, forget: () => undefined };
  }
  let held: Held | undefined;
  let refreshToken: string | undefined;
  let asking: Promise<string> | undefined;
  let failure: { readonly error: unknown; readonly at: number } | undefined;

  const ask = async (): Promise<string> => {
    const askedAt = Date.now();
    try {
      const grant = await requestGrant(credentials, routes, refreshToken);
      const { token, expiresIn } = grant;
      refreshToken = grant.refreshToken;
      const lifeMs = expiresIn * 1_000;
      const margin = Math.min(MARGIN_MS, lifeMs / 10);
      held = { token, renewAt: askedAt + lifeMs * RENEW_AFTER, expiresAt: askedAt + lifeMs - margin };
      failure = undefined;
      return token;
    } catch (error) {
      failure = { error, at: Date.now() };
      throw error;
    }
  };
  const renew = (): Promise<string> => {
    if (!asking && failure && Date.now() - failure.at < REST_MS) return Promise.reject(failure.error);
    asking ??= ask().finally(() => {
      asking = undefined;
    });
    return asking;
  };

  return {
    get: async (signal) => {
      signal?.throwIfAborted();
      const now = Date.now();
      if (!held || now >= held.expiresAt) return unlessAborted(renew(), signal);
      if (now >= held.renewAt) renew().catch(() => undefined);
      return held.token;
    },
    forget: (token) => {
      if (held?.token === token) held = undefined;
    },
  };
};
