import { Problem } from '@contact-sync/api-contracts';
import type { App } from '@contact-sync/service-kit';
import type { FastifyRequest } from 'fastify';
import type { LogIn } from '../../use-cases/log-in.ts';
import { clientNetwork } from './client-network.ts';
import { Credentials, LoginAnswer } from './schemas.ts';

/** Blanks around an e-mail are of the hand or the clipboard, and no fault of it. */
const trimEmail = async ({ body }: FastifyRequest): Promise<void> => {
  if (typeof body !== 'object' || body === null || !('email' in body)) return;
  if (typeof body.email === 'string') body.email = body.email.trim();
};

/** `POST login`: e-mail and password for an access token. */
export const loginRoute = (app: App, logIn: LogIn): void => {
  app.post(
    '/login',
    {
      config: { public: true },
      preValidation: trimEmail,
      schema: { body: Credentials, response: { 200: LoginAnswer, '4xx': Problem, '5xx': Problem } },
    },
    async (request, reply) => {
      const { token, expiresIn } = await logIn({ ...request.body, network: clientNetwork(request.raw) });
      reply.header('cache-control', 'no-store');
      return { accessToken: token, tokenType: 'Bearer' as const, expiresIn };
    },
  );
};
