import { type App, Problem } from '@contact-sync/service-kit';
import type { LogIn } from '../../use-cases/log-in.ts';
import { Credentials, LoginAnswer } from './schemas.ts';

/** `POST login`: e-mail and password for an access token. */
export const loginRoute = (app: App, logIn: LogIn): void => {
  app.post(
    '/login',
    {
      config: { public: true },
      schema: { body: Credentials, response: { 200: LoginAnswer, '4xx': Problem, '5xx': Problem } },
    },
    async (request, reply) => {
      const { token, expiresIn } = await logIn(request.body);
      reply.header('cache-control', 'no-store');
      return { accessToken: token, tokenType: 'Bearer' as const, expiresIn };
    },
  );
};
