import type { machineRoutes } from '@contact-sync/api-contracts';
import { AppError } from '@contact-sync/domain';
import type { RouteHandler } from '@contact-sync/service-kit';
import type { GrantMachineToken } from '../../use-cases/grant-machine-token.ts';
import { clientOrigin } from '../client-origin.ts';
import { readClientCredentials } from './client-credentials.ts';

/** Client credentials for an access token. */
export const requestToken =
  (grantMachineToken: GrantMachineToken): RouteHandler<typeof machineRoutes.requestToken> =>
  async ({ body, headers, raw }) => {
    const { grant_type: grantType, audience, scope } = body;
    if (grantType !== 'client_credentials') {
      throw new AppError('UNSUPPORTED_GRANT_TYPE', { message: 'The grant must be client_credentials.' });
    }
    const credentials = readClientCredentials(headers.authorization, body);
    const issued = await grantMachineToken({ credentials, audience, scope, origin: clientOrigin(raw) });
    return {
      status: 200,
      headers: { 'cache-control': 'no-store' },
      body: {
        access_token: issued.token,
        token_type: 'Bearer',
        expires_in: issued.expiresIn,
        scope: issued.scope,
      },
    };
  };
