import { createPublicKey } from 'node:crypto';
import { AppError } from '@contact-sync/domain';
import { createHttpClient, type Metrics } from '@contact-sync/service-kit';

/** Where public keys come from. `load` gives a JWK Set (RFC 7517) or throws. */
export type JwksSource = {
  readonly load: () => Promise<unknown>;
  readonly close: () => Promise<void>;
};

/** The key set that auth-service publishes. */
export const remoteJwks = (options: { readonly authUrl: string; readonly metrics?: Metrics }): JwksSource => {
  const http = createHttpClient({
    peer: 'auth-service',
    baseUrl: options.authUrl,
    timeoutMs: 3_000,
    connections: 1,
    ...(options.metrics && { metrics: options.metrics }),
  });
  return {
    load: async () => {
      const response = await http.request({ method: 'GET', path: '/.well-known/jwks.json' });
      if (response.status === 200) return response.json;
      throw new AppError('DEPENDENCY_UNAVAILABLE', {
        message: 'Tokens cannot be verified right now.',
        internal: `auth-service answered ${response.status} for its keys`,
        retryable: true,
      });
    },
    close: http.close,
  };
};

const MAX_KEYS = 20;

const toPem = (jwk: unknown): readonly [string, string][] => {
  if (typeof jwk !== 'object' || jwk === null) return [];
  const { kty, crv, alg = 'ES256', use = 'sig', kid, x, y } = jwk as Readonly<Record<string, unknown>>;
  if (kty !== 'EC' || crv !== 'P-256' || alg !== 'ES256' || use !== 'sig') return [];
  if (typeof kid !== 'string' || typeof x !== 'string' || typeof y !== 'string') return [];
  try {
    const key = createPublicKey({ key: { kty, crv, x, y }, format: 'jwk' });
    return [[kid, key.export({ type: 'spki', format: 'pem' }).toString()]];
  } catch {
    return [];
  }
};

/** The ES256 keys of a JWK Set as PEM by key id; anything else in the set is passed over. */
export const readKeySet = (set: unknown): ReadonlyMap<string, string> => {
  const keys = typeof set === 'object' && set !== null && 'keys' in set ? set.keys : undefined;
  return new Map(Array.isArray(keys) ? keys.slice(0, MAX_KEYS).flatMap(toPem) : []);
};
