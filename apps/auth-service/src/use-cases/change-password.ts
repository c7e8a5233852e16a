import type { Principal } from '@contact-sync/access';
import { AppError } from '@contact-sync/domain';
import type { Bulkhead } from '@contact-sync/service-kit';
import { v7 } from 'uuid';
import { userClaims } from '../domain/access-token.ts';
import { auditEntry } from '../domain/audit-entry.ts';
import { withNewPassword } from '../domain/change-user.ts';
import type { Origin } from '../domain/session.ts';
import type { User } from '../domain/user.ts';
import type { AuditTrail, LoginAttempts, Passwords, Sessions, Users } from '../ports.ts';
import { checkPassword } from './check-password.ts';
import type { IssuedToken, TokenIssuer } from './issue-token.ts';
import { hashNewPassword } from './new-password.ts';
import { mustWait } from './too-many-tries.ts';

export type ChangePasswordPorts = {
  readonly users: Users;
  readonly sessions: Sessions;
  readonly attempts: LoginAttempts;
  readonly passwords: Passwords;
  readonly bulkhead: Bulkhead;
  readonly trail: AuditTrail;
  readonly tokens: TokenIssuer;
};

export type PasswordChange = {
  readonly currentPassword: string;
  readonly newPassword: string;
  readonly origin: Origin;
};

const wrong = (): AppError =>
  new AppError('INVALID_BODY', {
    message: 'The present password is wrong.',
    errors: [{ pointer: '/currentPassword', detail: 'is not the present password' }],
  });

const moved = (): AppError =>
  new AppError('CONFLICT', { message: 'The account was changed at the same time; nothing was done.' });

/**
 * A new password for oneself, and an access token by it: all others that were given out, and all other sessions, end in
 * the same step. Tries are counted with those of logging in.
 *
 * @throws {AppError} INVALID_BODY, RATE_LIMITED, OVERLOADED, CONFLICT, or what the ports throw.
 */
export const createChangePassword = (ports: ChangePasswordPorts) => {
  const { users, sessions, attempts, passwords, bulkhead, trail, tokens } = ports;
  const authenticate = async (id: string, password: string, origin: Origin): Promise<User> => {
    const user = await users.findById(id);
    const attempt = { email: user?.email ?? id, network: origin.network };
    const waitMs = await attempts.begin(attempt);
    if (waitMs > 0) throw mustWait(waitMs);
    if (!(await checkPassword(passwords, password, user?.passwordHash)) || !user) {
      await trail.noteLogin(auditEntry('password.refused', `user:${id}`, `user:${id}`, origin));
      throw wrong();
    }
    await attempts.succeed(attempt);
    return user;
  };
  return async (
    { id, sessionId }: Principal,
    { currentPassword, newPassword, origin }: PasswordChange,
  ): Promise<IssuedToken> => {
    const { before, hash } = await bulkhead.run(async () => ({
      before: await authenticate(id, currentPassword, origin),
      hash: await hashNewPassword(passwords, newPassword, '/newPassword'),
    }));
    const after = withNewPassword(before, hash, sessionId);
    const note = auditEntry('password.changed', `user:${id}`, `user:${id}`, origin);
    if ((await users.write({ before, after, note })) !== 'done') throw moved();
    const claims = userClaims(after, tokens.stamp({ sessionId, tokenId: v7() }));
    await sessions.record(id, sessionId, { tokenId: claims.jti, accessUntil: claims.exp });
    return tokens.sign(claims);
  };
};
