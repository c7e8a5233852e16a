import type { AccessClaims } from '@contact-sync/access';
import type { MachineClient } from './domain/machine-client.ts';
import type { User } from './domain/user.ts';

// Every port that reaches Redis throws an AppError DEPENDENCY_UNAVAILABLE or STORAGE_FULL where it cannot.

export interface Users {
  /** `email` is normalized. */
  findByEmail(email: string): Promise<User | undefined>;
  findById(id: string): Promise<User | undefined>;
  isEmpty(): Promise<boolean>;
  /** Stores the user if there is none at all, whoever else tries at the same time; says whether it did. */
  createFirst(user: User): Promise<boolean>;
}

export interface MachineClients {
  find(id: string): Promise<MachineClient | undefined>;
  /** Makes the clients or replaces what they were. A client's epoch never changes by it. */
  upsert(clients: readonly Omit<MachineClient, 'epoch'>[]): Promise<void>;
}

export type LoginAttempt = {
  /** Normalized. */
  readonly email: string;
  /** The network that it comes from. */
  readonly network: string;
};

/**
 * Counts bad tries by account, known or not, wherever they come from; apart from those, tries from a network that the
 * account was lately logged in from, so that strangers do not keep its owner out.
 */
export interface LoginAttempts {
  /**
   * Counts one try and says how long it must still wait, in milliseconds; 0 lets the try happen. A try that must wait is
   * not counted. Of tries at the same time no more are let through than one after the other.
   */
  begin(attempt: LoginAttempt): Promise<number>;
  /** The password was right: forgets the tries that this one was counted among, and remembers its network. */
  succeed(attempt: LoginAttempt): Promise<void>;
}

export interface TokenRecords {
  /** Remembers until the token expires that it was given out. */
  record(claims: AccessClaims): Promise<void>;
}

export interface Passwords {
  hash(password: string): Promise<string>;
  /** Takes the same time and says no where there is no hash to compare with. */
  verify(password: string, hash: string | undefined): Promise<boolean>;
}

export interface TokenSigner {
  /** The compact form of an access token (RFC 9068). */
  sign(claims: AccessClaims): Promise<string>;
}
