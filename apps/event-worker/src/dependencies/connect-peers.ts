import { createServiceTokens } from '@contact-sync/access';
import { createHttpClient, type ServiceContext } from '@contact-sync/service-kit';
import type { Peer } from '../adapters/internal-caller.ts';
import type { Config } from '../config.ts';

/** A service that is asked; `timeoutMs` is that of HTTP clients where absent. */
export type PeerAddress = { readonly name: string; readonly url: string; readonly timeoutMs?: number };

/** One of the services, with tokens for it. */
export const connectPeer = (
  config: Config,
  { name, url, ...bounds }: PeerAddress,
  { metrics }: Pick<ServiceContext, 'metrics'>,
): Peer & { readonly close: () => Promise<void> } => {
  const http = createHttpClient({ peer: name, baseUrl: url, ...bounds, metrics });
  const tokens = createServiceTokens({
    authUrl: config.AUTH_URL,
    clientId: config.SERVICE_CLIENT_ID,
    clientSecret: config.SERVICE_CLIENT_SECRET,
    audience: name,
  });
  const close = async () => {
    await tokens.close();
    await http.close();
  };
  return { name, http, tokens, close };
};

// Who asks for a fate waits for the slowest of them.
const readTimeoutMs = 3_000;

/** The services that are asked, each with tokens for it. */
export const connectPeers = (config: Config, context: ServiceContext) => {
  const contacts = { name: 'contact-service', url: config.CONTACT_URL };
  const ingest = { name: 'webhook-ingest', url: config.INGEST_URL };
  const peers = {
    applying: connectPeer(config, { ...contacts, timeoutMs: config.APPLY_TIMEOUT_MS }, context),
    contacts: connectPeer(config, { ...contacts, timeoutMs: readTimeoutMs }, context),
    ingest: connectPeer(config, { ...ingest, timeoutMs: readTimeoutMs }, context),
  };
  const close = () => Promise.all(Object.values(peers).map((peer) => peer.close()));
  return { ...peers, close };
};
