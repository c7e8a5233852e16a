import { AppError } from '@contact-sync/domain';
import type { Bulkhead } from '@contact-sync/service-kit';
import type { Origin } from '../domain/session.ts';
import { normalizeEmail, type User } from '../domain/user.ts';
import type { LoginAttempt, LoginAttempts, Passwords, Users } from '../ports.ts';
import { checkPassword } from './check-password.ts';
import type { OpenSession, TokenPair } from './open-session.ts';
import { mustWait } from './too-many-tries.ts';

export type LogInPorts = {
  readonly users: Users;
  readonly attempts: LoginAttempts;
  readonly passwords: Passwords;
  readonly bulkhead: Bulkhead;
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
export const createLogIn = ({ users, attempts, passwords, bulkhead, openSession }: LogInPorts) => {
  const authenticate = async (attempt: LoginAttempt, password: string): Promise<User> => {
    // Counted before the check: tries that run at the same time must not all pass as the first.
    const waitMs = await attempts.begin(attempt);
    if (waitMs > 0) throw mustWait(waitMs);
    const user = await users.findByEmail(attempt.email);
    if (!(await checkPassword(passwords, password, user?.passwordHash)) || !user || user.disabled)
      throw refused();
    await attempts.succeed(attempt);
    return user;
  };
  return async ({ email, password, origin }: Credentials): Promise<TokenPair> => {
    const attempt = { email: normalizeEmail(email), network: origin.network };
    // A try counts only once it has its turn, so that overload does not lock accounts.
    const user = await bulkhead.run(() => authenticate(attempt, password));
    return openSession(user, origin);
  };
};

export type LogIn = ReturnType<typeof createLogIn>;
