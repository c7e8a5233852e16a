import type { Metrics } from '@contact-sync/service-kit';
import { remoteJwks } from './jwks.ts';
import { createKeyRing, type KeyRing } from './key-ring.ts';
import {
  createRevocationFeed,
  type RevocationLogger,
  type Revocations,
} from './revocations/revocation-feed.ts';
import { watchRevocations } from './revocations/revocation-metrics.ts';
import { remoteRevocations } from './revocations/revocation-source.ts';
import { createServiceTokens } from './service-tokens.ts';

/** What tokens are judged by: the keys that may have signed them, and what was revoked since. */
export type Access = { readonly keys: KeyRing; readonly revocations: Revocations };

export type ConnectedAccess = Access & {
  /** Readiness: rejects until keys and a snapshot of revocations are there, and while the feed is silent. */
  readonly ready: () => Promise<void>;
  readonly close: () => Promise<void>;
};

/** The settings that it takes, by the names that every service has for them. */
export type AccessSettings = {
  readonly AUTH_URL: string;
  readonly SERVICE_CLIENT_ID: string;
  readonly SERVICE_CLIENT_SECRET: string;
};

/** Follows auth-service from now on, without waiting for it. The client needs the scope `revocations:read`. */
export const connectAccess = (
  settings: AccessSettings,
  context: { readonly logger: RevocationLogger; readonly metrics: Metrics },
): ConnectedAccess => {
  const authUrl = settings.AUTH_URL;
  const keys = createKeyRing(remoteJwks({ authUrl, metrics: context.metrics }));
  const tokens = createServiceTokens({
    authUrl,
    clientId: settings.SERVICE_CLIENT_ID,
    clientSecret: settings.SERVICE_CLIENT_SECRET,
    audience: 'auth-service',
    scopes: ['revocations:read'],
    metrics: context.metrics,
  });
  const feed = createRevocationFeed({
    source: remoteRevocations({ authUrl, tokens }),
    logger: context.logger,
  });
  watchRevocations(context.metrics, feed);
  feed.start();
  return {
    keys,
    revocations: feed,
    ready: async () => {
      await keys.ready();
      await feed.ready();
    },
    close: async () => {
      await Promise.all([keys.close(), feed.close()]);
    },
  };
};
