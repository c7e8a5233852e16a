import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createTestIssuer } from '@contact-sync/access/testing';

export type Admin = {
  /** For the setting AUTH_URL. */
  readonly authUrl: string;
  /** The statuses and bodies of `GET /internal/events/{id}`, with the scope it asks for. */
  read(
    ingest: { readonly url: string },
    eventId: string,
  ): Promise<{ readonly status: number; readonly body: Readonly<Record<string, unknown>> }>;
  close(): void;
};

/** Somebody with a token for the service's one admin read, and a place that publishes the token's key. */
export const startAdmin = async (): Promise<Admin> => {
  const issuer = createTestIssuer();
  const keys = JSON.stringify(await issuer.source.load());
  const server = createServer((_, response) => {
    response.writeHead(200, { 'content-type': 'application/json' }).end(keys);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const authorization = `Bearer ${issuer.machineToken(['ingest:read'], { aud: 'webhook-ingest' })}`;
  return {
    authUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    read: async ({ url }, eventId) => {
      const address = `${url}/internal/events/${encodeURIComponent(eventId)}`;
      const response = await fetch(address, { headers: { authorization } });
      return { status: response.status, body: (await response.json()) as Record<string, unknown> };
    },
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
};
