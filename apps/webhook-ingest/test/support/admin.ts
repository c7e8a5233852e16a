import { createTestIssuer, startTestAuth } from '@contact-sync/access/testing';

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

/** Somebody with a token for the service's one admin read, and an auth-service that knows the token's key. */
export const startAdmin = async (): Promise<Admin> => {
  const issuer = createTestIssuer();
  const { authUrl, close } = await startTestAuth(issuer);
  const authorization = `Bearer ${issuer.machineToken(['ingest:read'], { aud: 'webhook-ingest' })}`;
  return {
    authUrl,
    read: async ({ url }, eventId) => {
      const address = `${url}/internal/events/${encodeURIComponent(eventId)}`;
      const response = await fetch(address, { headers: { authorization } });
      return { status: response.status, body: (await response.json()) as Record<string, unknown> };
    },
    close,
  };
};
