import { AppError } from '@contact-sync/domain';
import type { Bulkhead } from '@contact-sync/service-kit';
import { userClaims } from '../domain/access-token.ts';
import { readingsOfPassword } from '../domain/password.ts';
import { normalizeEmail, type User } from '../domain/user.ts';
import type { LoginAttempt, LoginAttempts, Passwords, Users } from '../ports.ts';
import type { IssuedToken, IssueToken } from './issue-token.ts';

export type LogInPorts = {
  readonly users: Users;
  readonly attempts: LoginAttempts;
  readonly passwords: Passwords;
  readonly bulkhead: Bulkhead;
  readonly issueToken: IssueToken;
};

const mustWait = (retryAfterMs: number): AppError =>
  new AppError('RATE_LIMITED', { message: 'Too many failed logins of this account.', retryAfterMs });

const refused = (): AppError =>
  new AppError('INVALID_CREDENTIALS', { message: 'The e-mail or the password is wrong.' });

export type Credentials = {
  readonly email: string;
  readonly password: string;
  /** The network that they come from. */
  readonly network: string;
};

/**
 * E-mail and password for an access token. An unknown, a disabled and a known account look alike in answer and time,
 * also while they back off (reliability 32).
 *
 * @throws {AppError} INVALID_CREDENTIALS, RATE_LIMITED, OVERLOADED, or what the ports throw.
 */
export const createLogIn = ({ users, attempts, passwords, bulkhead, issueToken }: LogInPorts) => {
  const isRight = async (typed: string, hash: string | undefined): Promise<boolean> => {
    for (const reading of readingsOfPassword(typed)) {
      if (await passwords.verify(reading, hash)) return true;
    }
    return false;
  };
  const authenticate = async (attempt: LoginAttempt, password: string): Promise<User> => {
    // Counted before the check: tries that run at the same time must not all pass as the first.
    const waitMs = await attempts.begin(attempt);
    if (waitMs > 0) throw mustWait(waitMs);
    const user = await users.findByEmail(attempt.email);
    if (!(await isRight(password, user?.passwordHash)) || !user || user.disabled) throw refused();
    await attempts.succeed(attempt);
    return user;
  };
  return async ({ email, password, network }: Credentials): Promise<IssuedToken> => {
    const attempt = { email: normalizeEmail(email), network };
    // A try counts only once it has its turn, so that overload does not lock accounts.
    const user = await bulkhead.run(() => authenticate(attempt, password));
    return issueToken((stamp) => userClaims(user, stamp));
  };
};

export type LogIn = ReturnType<typeof createLogIn>;
