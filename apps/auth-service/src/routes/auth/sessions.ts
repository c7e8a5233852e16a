import { requirePrincipal } from '@contact-sync/access';
import type { sessionRoutes } from '@contact-sync/api-contracts';
import type { RouteHandlers, RouteHooks } from '@contact-sync/service-kit';
import type { preValidationHookHandler } from 'fastify';
import type { DescribePrincipal } from '../../use-cases/describe-principal.ts';
import type { LogIn } from '../../use-cases/log-in.ts';
import { clientNetwork } from './client-network.ts';

const headers = { 'cache-control': 'no-store' } as const;

/** What people do with their account. */
export const sessionHandlers = (
  logIn: LogIn,
  describePrincipal: DescribePrincipal,
): RouteHandlers<typeof sessionRoutes> => ({
  logIn: async ({ body, raw }) => {
    const { token, expiresIn } = await logIn({ ...body, network: clientNetwork(raw) });
    return { status: 200, headers, body: { accessToken: token, tokenType: 'Bearer', expiresIn } };
  },
  getMe: async (request) => ({
    status: 200,
    headers,
    body: await describePrincipal(requirePrincipal(request)),
  }),
});

/** Blanks around an e-mail are of the hand or the clipboard, and no fault of it. */
const trimEmail: preValidationHookHandler = ({ body }, _reply, done) => {
  const isObject = typeof body === 'object' && body !== null;
  if (isObject && 'email' in body && typeof body.email === 'string') body.email = body.email.trim();
  done();
};

export const sessionHooks: RouteHooks<typeof sessionRoutes> = { logIn: { preValidation: trimEmail } };
