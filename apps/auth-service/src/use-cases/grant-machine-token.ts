import { AppError } from '@contact-sync/domain';
import { v7 } from 'uuid';
import { machineClaims } from '../domain/access-token.ts';
import { auditEntry } from '../domain/audit-entry.ts';
import { grantTo, type MachineClient, secretMatches } from '../domain/machine-client.ts';
import type { Origin } from '../domain/session.ts';
import type { AuditTrail, MachineClients, TokenRecords } from '../ports.ts';
import type { IssuedToken, TokenIssuer } from './issue-token.ts';

export type ClientCredentials = { readonly clientId: string; readonly clientSecret: string };

export type GrantRequest = {
  /** Every way in which the client's credentials can be read. */
  readonly credentials: readonly ClientCredentials[];
  readonly audience?: string | undefined;
  readonly scope?: string | undefined;
  readonly origin: Origin;
};

/** The client that one of the readings is right for. Every one is looked at, so that time tells of none. */
const authenticate = async (
  clients: MachineClients,
  credentials: readonly ClientCredentials[],
): Promise<MachineClient | undefined> => {
  const found = await Promise.all(credentials.map(({ clientId }) => clients.find(clientId)));
  const now = Date.now() / 1_000;
  const right = found.filter((client, index) =>
    secretMatches(client, credentials[index]?.clientSecret ?? '', now),
  );
  return right.find((client) => client !== undefined);
};

export type GrantPorts = {
  readonly clients: MachineClients;
  readonly records: TokenRecords;
  readonly trail: AuditTrail;
  readonly tokens: TokenIssuer;
};

/**
 * Client credentials for an access token (RFC 6749 section 4.4).
 *
 * @throws {AppError} INVALID_CLIENT, INVALID_SCOPE, or what the ports throw.
 */
export const createGrantMachineToken =
  ({ clients, records, trail, tokens }: GrantPorts) =>
  async (request: GrantRequest): Promise<IssuedToken & { readonly scope: string }> => {
    const client = await authenticate(clients, request.credentials);
    if (!client) {
      const named = (await clients.find(request.credentials[0]?.clientId ?? ''))?.id ?? 'unknown';
      await trail.noteLogin(auditEntry('client.refused', 'nobody', `client:${named}`, request.origin));
      throw new AppError('INVALID_CLIENT', { message: 'The client or its secret is wrong.' });
    }
    const grant = grantTo(client, request);
    if (!grant) {
      throw new AppError('INVALID_SCOPE', {
        message: 'The client has no such audience, or not such scopes there.',
      });
    }
    const claims = machineClaims(client, grant, tokens.stamp({ sessionId: v7(), tokenId: v7() }));
    // A token is given out only once it is on record.
    await records.record(claims);
    return { ...(await tokens.sign(claims)), scope: grant.scopes.join(' ') };
  };

export type GrantMachineToken = ReturnType<typeof createGrantMachineToken>;
