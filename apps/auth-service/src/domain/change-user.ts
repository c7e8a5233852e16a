import type { Role } from '@contact-sync/access';
import type { User } from './user.ts';

/** What an admin may change of a user; what is left out stays. */
export type UserWish = {
  readonly email?: string | undefined;
  readonly roles?: readonly Role[] | undefined;
  readonly disabled?: boolean | undefined;
  readonly passwordHash?: string | undefined;
};

export const isAdmin = ({ roles, disabled }: User): boolean => !disabled && roles.includes('admin');

/** The user once all its sessions have ended, save `kept`, with every access token given out before. */
const withoutSessions = ({ keptSession: _, ...user }: User, kept?: string): User => ({
  ...user,
  epoch: user.epoch + 1,
  generation: user.generation + 1,
  ...(kept !== undefined && { keptSession: kept }),
});

/**
 * The user as wished. Whoever loses a role has no token with it any more; who is disabled, or gets another password, no
 * session either.
 */
export const changeUser = (user: User, { email, roles, disabled, passwordHash }: UserWish): User => {
  const changed: User = {
    ...user,
    email: email ?? user.email,
    roles: roles ?? user.roles,
    disabled: disabled ?? user.disabled,
    passwordHash: passwordHash ?? user.passwordHash,
  };
  if (passwordHash !== undefined || (changed.disabled && !user.disabled)) return withoutSessions(changed);
  const hasLost = user.roles.some((role) => !changed.roles.includes(role));
  return hasLost ? { ...changed, epoch: user.epoch + 1 } : changed;
};

/** The user with a password of its own choice; the session in which it was chosen goes on. */
export const withNewPassword = (user: User, passwordHash: string, session: string): User =>
  withoutSessions({ ...user, passwordHash }, session);
