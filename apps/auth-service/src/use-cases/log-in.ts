import { AppError } from '@contact-sync/domain';
import type { Bulkhead } from '@contact-sync/service-kit';
import { type AuditAction, accountOf, auditEntry } from '../domain/audit-entry.ts';
import type { Origin } from '../domain/session.ts';
import { normalizeEmail, type User } from '../domain/user.ts';
import type { AuditTrail, LoginAttempts, Passwords, Users } from '../ports.ts';
import { checkPassword } from './check-password.ts';
import type { OpenSession, TokenPair } from './open-session.ts';
import { mustWait } from './too-many-tries.ts';

export type LogInPorts = {
  readonly users: Users;
  readonly attempts: LoginAttempts;
  readonly passwords: Passwords;
  readonly bulkhead: Bulkhead;
  readonly trail: AuditTrail;
  readonly openSession: OpenSession;
};

const refused = (): AppError =>
  new AppError('INVALID_CREDENTIALS', { message: 'The e-mail or the password is wrong.' });

export type Credentials = {
  readonly email: string;
  readonly password: string;
  readonly origin: Origin;
};

/**
 * E-mail and password for a session. An unknown, a disabled and a known account look alike in answer and time,
 * also while they back off (reliability 32).
 *
 * @throws {AppError} INVALID_CREDENTIALS, RATE_LIMITED, OVERLOADED, or what the ports throw.
 */
export const createLogIn = ({ users, attempts, passwords, bulkhead, trail, openSession }: LogInPorts) => {
  const note = (action: AuditAction, target: string, origin: Origin, by = 'nobody') =>
    trail.noteLogin(auditEntry(action, by, target, origin));
  const authenticate = async (email: string, password: string, origin: Origin): Promise<User> => {
    const attempt = { email, network: origin.network };
    // Counted before the check: tries that run at the same time must not all pass as the first.
    const waitMs = await attempts.begin(attempt);
    if (waitMs > 0) {
      await note('session.delayed', accountOf(email), origin);
      throw mustWait(waitMs);
    }
    const user = await users.findByEmail(email);
    if (!(await checkPassword(passwords, password, user?.passwordHash)) || !user || user.disabled) {
      await note('session.refused', user ? `user:${user.id}` : accountOf(email), origin);
      throw refused();
    }
    await attempts.succeed(attempt);
    return user;
  };
  return async ({ email, password, origin }: Credentials): Promise<TokenPair> => {
    // A try counts only once it has its turn, so that overload does not lock accounts.
    const user = await bulkhead.run(() => authenticate(normalizeEmail(email), password, origin));
    const pair = await openSession(user, origin);
    await note('session.begun', `session:${pair.sessionId}`, origin, `user:${user.id}`);
    return pair;
  };
};
