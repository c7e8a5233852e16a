import { AppError } from '@contact-sync/domain';
import { isCommonPassword } from '../domain/common-passwords.ts';
import { preparePassword } from '../domain/password.ts';
import type { Passwords } from '../ports.ts';

/**
 * The hash of a password that somebody chose, whose length the contract has judged.
 *
 * @throws {AppError} INVALID_BODY at `pointer` for one of the commonest.
 */
export const hashNewPassword = (passwords: Passwords, typed: string, pointer: string): Promise<string> => {
  const password = preparePassword(typed);
  if (isCommonPassword(password)) {
    throw new AppError('INVALID_BODY', {
      message: 'The password is not good enough.',
      errors: [{ pointer, detail: 'is one of the commonest passwords' }],
    });
  }
  return passwords.hash(password);
};
