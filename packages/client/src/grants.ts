import type { Client } from './create-client.ts';
import type { MachineCredentials, PersonCredentials } from './credentials.ts';

/** A token and how long it lives, in seconds. */
export type Grant = { readonly token: string; readonly expiresIn: number };

/** The two routes that give tokens. */
export type GrantRoutes = Pick<Client, 'logIn' | 'requestToken'>;

/** Whom the tokens of public routes are for. */
const AUDIENCE = 'integration-api';

const logIn = async ({ email, password }: PersonCredentials, routes: GrantRoutes): Promise<Grant> => {
  const { body } = await routes.logIn({ body: { email, password } });
  return { token: body.accessToken, expiresIn: body.expiresIn };
};

const requestToken = async (
  { clientId, clientSecret, scopes }: MachineCredentials,
  routes: GrantRoutes,
): Promise<Grant> => {
  const { body } = await routes.requestToken({
    body: {
      grant_type: 'client_credentials',
      client_id: clientId,
      client_secret: clientSecret,
      audience: AUDIENCE,
      ...(scopes && { scope: scopes.join(' ') }),
    },
  });
  return { token: body.access_token, expiresIn: body.expires_in };
};

/**
 * One new token.
 *
 * @throws {ApiProblem} where the credentials are not taken.
 */
export const requestGrant = (
  credentials: PersonCredentials | MachineCredentials,
  routes: GrantRoutes,
): Promise<Grant> =>
  'email' in credentials ? logIn(credentials, routes) : requestToken(credentials, routes);
