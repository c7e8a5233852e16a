import type { Principal } from '@contact-sync/access';
import { AppError } from '@contact-sync/domain';
import type { MachineClients, Sessions, Users } from '../ports.ts';

export type PrincipalPorts = {
  readonly users: Users;
  readonly clients: MachineClients;
  readonly sessions: Sessions;
};

/**
 * Whether a principal may still do what its token says, as it stands now. auth-service asks its own store at each request
 * where others follow the feed (docs/adr/0044).
 *
 * @throws {AppError} UNAUTHENTICATED where the user or client is gone, disabled or of a later epoch, or the session has
 * ended; or what the ports throw.
 */
export const createCheckPrincipal = ({ users, clients, sessions }: PrincipalPorts) => {
  const isGoodUser = async ({ id, epoch, sessionId }: Principal): Promise<boolean> => {
    const [user, hasEnded] = await Promise.all([users.findById(id), sessions.hasEnded(sessionId)]);
    return user !== undefined && !user.disabled && epoch >= user.epoch && !hasEnded;
  };
  const isGoodClient = async ({ id, epoch }: Principal): Promise<boolean> => {
    const client = await clients.find(id);
    return client !== undefined && epoch >= client.epoch;
  };
  return async (principal: Principal): Promise<void> => {
    if (await (principal.kind === 'user' ? isGoodUser(principal) : isGoodClient(principal))) return;
    throw new AppError('UNAUTHENTICATED', { message: 'The access token is no longer valid.' });
  };
};

export type CheckPrincipal = ReturnType<typeof createCheckPrincipal>;
