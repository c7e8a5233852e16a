import { type ChangePasswordPorts, createChangePassword } from './change-password.ts';
import { createDescribePrincipal } from './describe-principal.ts';
import { createLogOut, createOwnSessions, type SessionPorts } from './end-sessions.ts';
import { createLogIn } from './log-in.ts';
import { createOpenSession } from './open-session.ts';
import { createRefreshSession } from './refresh-session.ts';

/** What people do with their account, on these ports. */
export const createSessionUseCases = (
  ports: ChangePasswordPorts & SessionPorts,
  settings: { readonly refreshTtlSeconds: number },
) => ({
  logIn: createLogIn({ ...ports, openSession: createOpenSession(ports, settings) }),
  refreshSession: createRefreshSession(ports),
  logOut: createLogOut(ports),
  describePrincipal: createDescribePrincipal(ports.users),
  ownSessions: createOwnSessions(ports),
  changePassword: createChangePassword(ports),
});

export type SessionUseCases = ReturnType<typeof createSessionUseCases>;
