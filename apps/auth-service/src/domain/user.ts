import type { Role } from '@contact-sync/access';

export type User = {
  readonly id: string;
  /** As {@link normalizeEmail} makes it. */
  readonly email: string;
  readonly passwordHash: string;
  readonly roles: readonly Role[];
  /** Tokens with a lower epoch are refused. */
  readonly epoch: number;
  readonly disabled: boolean;
  /** Sessions of a lower generation have ended. */
  readonly generation: number;
  /** The one session that outlived the last rise of the generation, that in which the password was changed. */
  readonly keptSession?: string;
  /** RFC 3339. */
  readonly createdAt: string;
};

/** One spelling for each address: compatibility forms and case do not make another account. */
export const normalizeEmail = (email: string): string => email.normalize('NFKC').trim().toLowerCase();
