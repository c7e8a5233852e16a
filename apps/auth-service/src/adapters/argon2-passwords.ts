import { randomBytes } from 'node:crypto';
import { hash, verify } from '@node-rs/argon2';
import type { Passwords } from '../ports.ts';

// Argon2id is the library's default; OWASP's first choice of parameters for it.
const parameters = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** Passwords by argon2id, 19 MiB and two passes each. Makes its decoy hash first. */
export const createArgon2Passwords = async (): Promise<Passwords> => {
  const decoy = await hash(randomBytes(32), parameters);
  return {
    hash: (password) => hash(password, parameters),
    verify: async (password, stored) => {
      const isRight = await verify(stored ?? decoy, password);
      return isRight && stored !== undefined;
    },
  };
};
