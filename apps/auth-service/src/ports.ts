import type { AccessClaims } from '@contact-sync/access';
import type { Revocation } from '@contact-sync/api-contracts';
import type { AuditEntry } from './domain/audit-entry.ts';
import type { MachineClient } from './domain/machine-client.ts';
import type { RevocationCursor } from './domain/revocation-cursor.ts';
import type { Session } from './domain/session.ts';
import type { User } from './domain/user.ts';

// Every port that reaches Redis throws an AppError DEPENDENCY_UNAVAILABLE or STORAGE_FULL where it cannot.

/** A part of a list, and where the next begins while there may be more. */
export type Page<Item> = { readonly items: readonly Item[]; readonly next?: string };

export type UserChange = {
  /** As it was read. */
  readonly before: User;
  /** As it is to be; undefined to delete it. */
  readonly after: User | undefined;
  readonly note: AuditEntry;
};

/** What became of a change: not done where the user is not as it was read, or another rule would be broken. */
export type UserOutcome = 'done' | 'moved' | 'taken' | 'last admin';

export interface Users {
  /** `email` is normalized. */
  findByEmail(email: string): Promise<User | undefined>;
  findById(id: string): Promise<User | undefined>;
  isEmpty(): Promise<boolean>;
  /** Stores the user if there is none at all, whoever else tries at the same time; says whether it did. */
  createFirst(user: User): Promise<boolean>;
  /** Stores a new user unless its e-mail is taken; says whether it did. */
  create(user: User, note: AuditEntry): Promise<boolean>;
  /** Writes, notes and, where its epoch rises or it is deleted, revokes the user's tokens, in one step. */
  write(change: UserChange): Promise<UserOutcome>;
  /** Users in the order of their ids, after `after`. */
  list(page: { readonly limit: number; readonly after?: string | undefined }): Promise<Page<User>>;
}

export type ClientChange = {
  /** As it was read. */
  readonly before: MachineClient;
  /** As it is to be; undefined to delete it. */
  readonly after: MachineClient | undefined;
  readonly note: AuditEntry;
};

export interface MachineClients {
  find(id: string): Promise<MachineClient | undefined>;
  /** Stores a new client unless there is one of its id; says whether it did. Its epoch is the store's business. */
  create(client: Omit<MachineClient, 'epoch'>, note: AuditEntry): Promise<boolean>;
  /**
   * Writes, notes and, where its epoch rises or it is deleted, revokes the client's tokens, in one step; not where it is
   * no longer as it was read. Says whether it did.
   */
  write(change: ClientChange): Promise<boolean>;
  /** Clients in the order of their ids, after `after`. */
  list(page: { readonly limit: number; readonly after?: string | undefined }): Promise<Page<MachineClient>>;
}

export type LoginAttempt = {
  /** Normalized. */
  readonly email: string;
  /** The network that it comes from. */
  readonly network: string;
};

/**
 * Counts bad tries by account, known or not, wherever they come from, and by network, whatever the account. Tries from a
 * network that the account was lately logged in from are counted apart from both, so that strangers, and neighbours, do
 * not keep its owner out.
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

/** What a session remembers of the access token that it gave out last. */
export type AccessRecord = {
  readonly tokenId: string;
  /** Unix seconds. */
  readonly accessUntil: number;
};

export type NewSession = AccessRecord & {
  readonly id: string;
  readonly userId: string;
  readonly generation: number;
  /** Hash of its refresh token. */
  readonly tokenHash: string;
  readonly userAgent: string;
  readonly address: string;
  /** Noted among the logins, in the same step. */
  readonly begun: AuditEntry;
};

export type Rotation = AccessRecord & {
  readonly userId: string;
  readonly sessionId: string;
  readonly tokenHash: string;
  readonly childHash: string;
  /** The child as only the bearer of the token can read it. */
  readonly sealedChild: string;
  readonly userAgent: string;
  readonly address: string;
  /** Noted where the token was used before. */
  readonly reuse: AuditEntry;
};

export type RotationOutcome =
  | {
      readonly kind: 'rotated';
      /** The child that counts: this rotation's, or that of one shortly before. */
      readonly sealedChild: string;
      /** The user as it is now. */
      readonly user: Pick<User, 'id' | 'roles' | 'epoch'>;
      /** How long the child lives, in milliseconds. */
      readonly expiresInMs: number;
    }
  | { readonly kind: 'refused' | 'reused' };

export interface Sessions {
  /** Begins a session. Gives the ids of those that the user has beyond the most, the longest unused first. */
  open(session: NewSession): Promise<readonly string[]>;
  /**
   * Takes the session's refresh token for its child; for a while also its parent, which gives the child of then while that
   * is unused. Any other token of the family ends the session, in the same step. Of any number at the same time, one makes
   * the child.
   */
  rotate(rotation: Rotation): Promise<RotationOutcome>;
  /** Remembers an access token that the session gives out without a rotation, so that its end outlives the token. */
  record(userId: string, id: string, access: AccessRecord): Promise<void>;
  /** Those of the user that have not ended, the last used first. */
  list(user: Pick<User, 'id' | 'generation' | 'keptSession'>): Promise<readonly Session[]>;
  /** Ends those of the ids that are sessions of the user, and gives their ids; each is noted and revoked by itself. */
  end(userId: string, sessions: readonly { id: string; note: AuditEntry }[]): Promise<readonly string[]>;
  /** Whether it was ended while tokens of it live. */
  hasEnded(id: string): Promise<boolean>;
}

export type RevocationRead = {
  /** The place after what was read. */
  readonly cursor: RevocationCursor;
  /** Whether it is all that still counts, and not only what came after the cursor that was given. */
  readonly isSnapshot: boolean;
  readonly revocations: readonly Revocation[];
  /** When it was read, in Unix seconds by the clock of the store. */
  readonly at: number;
};

export interface RevocationLog {
  /** What was revoked after a cursor; everything without one or with one of another log. */
  read(after?: RevocationCursor): Promise<RevocationRead>;
}

export interface RevocationNews {
  /** Resolves when something was revoked after the call, by whichever copy. May come late or never. */
  next(): Promise<void>;
}

/** What was done to accounts and sessions, and who logged in or was refused. */
export type TrailName = 'changes' | 'logins';

/** An entry as it stands in its trail; `at` is Unix milliseconds by the clock of the store. */
export type NotedEntry = { readonly id: string; readonly at: number; readonly entry: AuditEntry };

/** The trails keep their newest entries. What changes is noted by whatever changes it, in the same step. */
export interface AuditTrail {
  noteLogin(entry: AuditEntry): Promise<void>;
  /** Newest first, before an entry. */
  readBack(
    trail: TrailName,
    page: { limit: number; before: string | undefined },
  ): Promise<readonly NotedEntry[]>;
  /** Oldest first, after an entry. */
  readOn(trail: TrailName, page: { limit: number; after: string }): Promise<readonly NotedEntry[]>;
}

export interface KeyRevocations {
  /** Puts a key into the log of revocations, from where it is refused everywhere. May be called again. */
  revokeKey(kid: string): Promise<void>;
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
