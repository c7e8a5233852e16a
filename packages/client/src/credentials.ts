import type { Permission } from '@contact-sync/api-contracts';

/** Somebody with an account. */
export type PersonCredentials = { readonly email: string; readonly password: string };

/** A program with a machine client (client credentials, RFC 6749 section 4.4). */
export type MachineCredentials = {
  readonly clientId: string;
  readonly clientSecret: string;
  /** A part of what the client may do; all of it where left out. */
  readonly scopes?: readonly Permission[];
};

/** A token from elsewhere, used as it is and never renewed. */
export type TokenCredentials = { readonly accessToken: string };

/** Tokens from a session that the caller keeps itself. */
export type TokenSource = {
  /** A token that still lives; the signal ends the wait of this caller alone. */
  readonly get: (signal?: AbortSignal) => Promise<string>;
  /** Forgets a token that was refused. */
  readonly forget: (token: string) => void;
};

/** How a client says who it is. */
export type Credentials =
  | PersonCredentials
  | MachineCredentials
  | TokenCredentials
  | { readonly tokens: TokenSource };
