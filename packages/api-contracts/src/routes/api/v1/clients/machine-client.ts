import { Type } from 'typebox';
import { internalScopes, permissions } from '../../../../permissions.ts';
import { noStore } from '../auth/session-tokens.ts';

const name = '^[\\w.-]{1,64}$';

/** The name of a machine client: plain, so that it can stand in a path, a log and Basic credentials. */
export const ClientId = Type.String({ pattern: name });

export const Audiences = Type.Array(Type.String({ pattern: name }), {
  minItems: 1,
  maxItems: 20,
  uniqueItems: true,
  description: 'Whom its tokens may be for, `integration-api` for public routes; the first is the default',
});

export const Scopes = Type.Array(Type.Enum([...permissions, ...internalScopes]), {
  maxItems: 20,
  uniqueItems: true,
  description: 'Permissions in public, internal scopes at a service',
});

/** A program that may ask for tokens in its own name. */
export const MachineClient = Type.Object({
  id: ClientId,
  audiences: Audiences,
  scopes: Scopes,
  oldSecretUntil: Type.Optional(
    Type.String({ format: 'date-time', description: 'Until when the secret before is taken too' }),
  ),
});

const Secret = Type.String({ description: 'Shown here alone; a hash of it is kept' });

export const ClientParams = Type.Object({ id: ClientId });

export const exampleClient = {
  id: 'reporting',
  audiences: ['integration-api'],
  scopes: ['contacts:read'],
} as const;

/** The client as it is now. */
export const clientAnswer = {
  description: 'The client',
  body: MachineClient,
  example: exampleClient,
} as const;

/** The client with a secret that is shown once. */
export const secretAnswer = {
  description: 'The client and its new secret',
  headers: noStore,
  body: Type.Object({ client: MachineClient, secret: Secret }),
  example: { client: exampleClient, secret: 'zQ3m9sKk5vX7eR2yLhT6aQdNfPgUjV4iZbWcEoSxHrM' },
} as const;
