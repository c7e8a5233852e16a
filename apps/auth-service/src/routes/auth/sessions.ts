import { requirePrincipal } from '@contact-sync/access';
import type { sessionRoutes } from '@contact-sync/api-contracts';
import type { RouteHandlers, RouteHooks } from '@contact-sync/service-kit';
import type { SessionUseCases } from '../../use-cases/session-use-cases.ts';
import { clientOrigin } from '../client-origin.ts';
import { accessAnswer, sessionAnswer, tokensAnswer } from './session-answers.ts';
import { trimEmail } from './trim-email.ts';

const headers = { 'cache-control': 'no-store' } as const;

/** What people do with their account. */
export const sessionHandlers = (cases: SessionUseCases): RouteHandlers<typeof sessionRoutes> => ({
  logIn: async ({ body, raw }) => ({
    status: 200,
    headers,
    body: tokensAnswer(await cases.logIn({ ...body, origin: clientOrigin(raw) })),
  }),
  refreshSession: async ({ body, raw }) => ({
    status: 200,
    headers,
    body: tokensAnswer(await cases.refreshSession(body.refreshToken, clientOrigin(raw))),
  }),
  logOut: async ({ body, raw }) => {
    await cases.logOut(body.refreshToken, clientOrigin(raw));
    return { status: 204 };
  },
  getMe: async (request) => ({
    status: 200,
    headers,
    body: await cases.describePrincipal(requirePrincipal(request)),
  }),
  listSessions: async (request) => {
    const principal = requirePrincipal(request);
    const sessions = await cases.ownSessions.list(principal);
    return { status: 200, headers, body: { items: sessions.map(sessionAnswer(principal.sessionId)) } };
  },
  endSessions: async (request) => {
    await cases.ownSessions.endAll(requirePrincipal(request), clientOrigin(request.raw));
    return { status: 204 };
  },
  endSession: async (request) => {
    const id = request.params.id.toLowerCase();
    await cases.ownSessions.end(requirePrincipal(request), id, clientOrigin(request.raw));
    return { status: 204 };
  },
  changePassword: async (request) => {
    const change = { ...request.body, origin: clientOrigin(request.raw) };
    const token = await cases.changePassword(requirePrincipal(request), change);
    return { status: 200, headers, body: accessAnswer(token) };
  },
});

export const sessionHooks: RouteHooks<typeof sessionRoutes> = { logIn: { preValidation: trimEmail } };
