import type { Passwords } from '../../src/ports.ts';

/** Passwords without the cost of hashing; counts how often one was compared, with a user's hash or with none. */
export const createPlainPasswords = (): Passwords & { comparisons: number } => {
  const passwords = {
    comparisons: 0,
    hash: async (password: string) => `plain:${password}`,
    verify: async (password: string, hash: string | undefined) => {
      passwords.comparisons += 1;
      return hash === `plain:${password}`;
    },
  };
  return passwords;
};
