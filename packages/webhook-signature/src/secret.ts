import type { KeyObject } from 'node:crypto';

/** A shared secret and when it counts. Holds the key as an object that no log can print. */
export type Secret = {
  readonly id: string;
  readonly key: KeyObject;
  /** Milliseconds since 1970, inclusive; -Infinity where the file says null. */
  readonly notBefore: number;
  /** Milliseconds since 1970, exclusive; Infinity where the file says null. */
  readonly notAfter: number;
};

/** The most secrets that may count at one time; bounds the work that a forged delivery can cause. */
export const maxActiveSecrets = 3;

export const isActive = (secret: Secret, now: number): boolean =>
  now >= secret.notBefore && now < secret.notAfter;
