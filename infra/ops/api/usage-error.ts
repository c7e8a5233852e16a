/** The command cannot be meant as it was given, or lacks a setting; the message says what is wrong. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
