import { AppError } from '@contact-sync/domain';
import type { Bulkhead } from '@contact-sync/service-kit';
import { type AuditAction, accountOf, auditEntry } from '../domain/audit-entry.ts';
import type { Origin } from '../domain/session.ts';
import { normalizeEmail, type User } from '../domain/user.ts';
import type { AuditTrail, LoginAttempt, LoginAttempts, Passwords, Users } from '../ports.ts';
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
  const note = (action: AuditAction, target: string, origin: Origin) =>
    trail.noteLogin(auditEntry(action, 'nobody', target, origin));
  const authenticate = async (attempt: LoginAttempt, password: string, origin: Origin): Promise<User> => {
    const { email } = attempt;
    // Counted before the check: tries that run at the same time must not all pass as the first.
    const [waitMs, user] = await Promise.all([attempts.begin(attempt), users.findByEmail(email)]);
    if (waitMs > 0) {
      await note('session.delayed', accountOf(email), origin);
      throw mustWait(waitMs);
    }
    if (!(await checkPassword(passwords, password, user?.passwordHash)) || !user || user.disabled) {
      await note('session.refused', user ? `user:${user.id}` : accountOf(email), origin);
      throw refused();
    }
    return user;
  };
  const logIn = async ({ email, password, origin }: Credentials): Promise<TokenPair> => {
    const attempt = { email: normalizeEmail(email), network: origin.network };
    const user = await authenticate(attempt, password, origin);
    const [, pair] = await Promise.all([attempts.succeed(attempt), openSession(user, origin)]);
    return pair;
  };
  // A try counts only once it has its turn, so that overload does not lock accounts.
  return (credentials: Credentials): Promise<TokenPair> => bulkhead.run(() => logIn(credentials));
};
