import type { Principal } from '@contact-sync/access';
import { AppError } from '@contact-sync/domain';
import { auditEntry } from '../domain/audit-entry.ts';
import { readRefreshToken } from '../domain/refresh-token.ts';
import type { Origin, Session } from '../domain/session.ts';
import type { Sessions, Users } from '../ports.ts';

export type SessionPorts = { readonly users: Users; readonly sessions: Sessions };

const noteOf = (by: string, id: string, origin: Origin) => ({
  id,
  note: auditEntry('session.ended', by, `session:${id}`, origin),
});

/** Ends the session of a refresh token, used or not; there is nothing to end for any other text. */
export const createLogOut =
  ({ sessions }: Pick<SessionPorts, 'sessions'>) =>
  async (refreshToken: string, origin: Origin): Promise<void> => {
    const token = readRefreshToken(refreshToken);
    if (!token) return;
    await sessions.end(token.userId, [noteOf(`user:${token.userId}`, token.sessionId, origin)]);
  };

/** A principal's own sessions; machines have none. */
export const createOwnSessions = ({ users, sessions }: SessionPorts) => {
  const list = async ({ id }: Principal): Promise<readonly Session[]> => {
    const user = await users.findById(id);
    return user ? sessions.list(user) : [];
  };
  return {
    list,
    /** @throws {AppError} NOT_FOUND where the principal has no such session. */
    end: async ({ id }: Principal, sessionId: string, origin: Origin): Promise<void> => {
      const ended = await sessions.end(id, [noteOf(`user:${id}`, sessionId, origin)]);
      if (ended.length === 0) throw new AppError('NOT_FOUND', { message: 'There is no such session.' });
    },
    endAll: async (principal: Principal, origin: Origin): Promise<void> => {
      const all = await list(principal);
      await sessions.end(
        principal.id,
        all.map((session) => noteOf(`user:${principal.id}`, session.id, origin)),
      );
    },
  };
};
