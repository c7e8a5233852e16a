import { readingsOfPassword } from '../domain/password.ts';
import type { Passwords } from '../ports.ts';

/** Whether a typed password is that of the hash; takes as long where there is none. */
export const checkPassword = async (
  passwords: Passwords,
  typed: string,
  hash: string | undefined,
): Promise<boolean> => {
  for (const reading of readingsOfPassword(typed)) {
    if (await passwords.verify(reading, hash)) return true;
  }
  return false;
};
