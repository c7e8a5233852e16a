import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { JwksSource } from './jwks.ts';

/** A server that publishes the issuer's key as auth-service does; `authUrl` is for the setting AUTH_URL. */
export const publishKeys = async (issuer: {
  readonly source: JwksSource;
}): Promise<{ readonly authUrl: string; readonly close: () => void }> => {
  const keys = JSON.stringify(await issuer.source.load());
  const server = createServer((_, response) => {
    response.writeHead(200, { 'content-type': 'application/json' }).end(keys);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    authUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
};
