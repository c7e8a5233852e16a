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
};

/** One spelling for each address: compatibility forms and case do not make another account. */
export const normalizeEmail = (email: string): string => email.normalize('NFKC').trim().toLowerCase();
