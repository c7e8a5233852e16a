import { ApiProblem } from './api-problem.ts';
import type { Client } from './create-client.ts';
import type { MachineCredentials, PersonCredentials } from './credentials.ts';

/** A token and how long it lives, in seconds; of a person's session also what the next is asked for with. */
export type Grant = { readonly token: string; readonly expiresIn: number; readonly refreshToken?: string };

/** The routes that give tokens. */
export type GrantRoutes = Pick<Client, 'logIn' | 'refreshSession' | 'requestToken'>;

/** Whom the tokens of public routes are for. */
const AUDIENCE = 'integration-api';

type SessionTokens = Awaited<ReturnType<GrantRoutes['logIn']>>['body'];

const toGrant = ({ accessToken, expiresIn, refreshToken }: SessionTokens): Grant => ({
  token: accessToken,
  expiresIn,
  refreshToken,
});

const logIn = async ({ email, password }: PersonCredentials, routes: GrantRoutes): Promise<Grant> =>
  toGrant((await routes.logIn({ body: { email, password } })).body);

/** The next token of the session; of a new one where that has ended. */
const goOn = async (
  credentials: PersonCredentials,
  routes: GrantRoutes,
  refreshToken: string,
): Promise<Grant> => {
  try {
    return toGrant((await routes.refreshSession({ body: { refreshToken } })).body);
  } catch (error) {
    if (!(error instanceof ApiProblem && error.status === 401)) throw error;
    return logIn(credentials, routes);
  }
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
 * One new token; a person's in the session of `refreshToken`, where there is one.
 *
 * @throws {ApiProblem} where the credentials are not taken.
 */
export const requestGrant = (
  credentials: PersonCredentials | MachineCredentials,
  routes: GrantRoutes,
  refreshToken?: string,
): Promise<Grant> => {
  if (!('email' in credentials)) return requestToken(credentials, routes);
  return refreshToken === undefined ? logIn(credentials, routes) : goOn(credentials, routes, refreshToken);
};
