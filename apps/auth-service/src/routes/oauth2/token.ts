import { AppError } from '@contact-sync/domain';
import type { App } from '@contact-sync/service-kit';
import type { GrantMachineToken } from '../../use-cases/grant-machine-token.ts';
import { readClientCredentials } from './client-credentials.ts';
import { TokenAnswer, TokenRequest } from './schemas.ts';

/** `POST token`: client credentials for an access token. */
export const tokenRoute = (app: App, grantMachineToken: GrantMachineToken): void => {
  app.post(
    '/token',
    { config: { public: true }, schema: { body: TokenRequest, response: { 200: TokenAnswer } } },
    async (request, reply) => {
      const { grant_type: grantType, audience, scope } = request.body;
      if (grantType !== 'client_credentials') {
        throw new AppError('UNSUPPORTED_GRANT_TYPE', { message: 'The grant must be client_credentials.' });
      }
      const credentials = readClientCredentials(request.headers.authorization, request.body);
      const issued = await grantMachineToken({ credentials, audience, scope });
      reply.header('cache-control', 'no-store');
      return {
        access_token: issued.token,
        token_type: 'Bearer' as const,
        expires_in: issued.expiresIn,
        scope: issued.scope,
      };
    },
  );
};
