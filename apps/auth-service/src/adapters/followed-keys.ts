import { hash } from 'node:crypto';
import type { Logger } from '@contact-sync/service-kit';
import { type CurrentKeys, changeOfKeys, type KeySet, reusedIds } from '../domain/key-set.ts';
import { readSigningKeys } from '../domain/signing-keys.ts';
import type { KeyRevocations } from '../ports.ts';
import { watchFile } from './watched-file.ts';

/** Longest time until a change of the file is seen, in milliseconds. */
const POLL_MS = 5_000;

export type FollowedKeys = CurrentKeys & {
  /** Looks at the file now. */
  readonly look: () => Promise<void>;
  readonly close: () => Promise<void>;
};

export type FollowOptions = {
  readonly initial: KeySet;
  /** The file that they are in; keys that come otherwise stay as they are. */
  readonly file: string | undefined;
  readonly revocations: KeyRevocations;
  readonly logger: Logger;
};

type Read = { readonly keys: KeySet } | { readonly faults: readonly string[] };

const readKeys = (text: string, present: KeySet): Read => {
  const { keys, faults } = readSigningKeys(text);
  const [first, ...others] = keys;
  if (first === undefined) return { faults };
  const read: KeySet = [first, ...others];
  const reused = reusedIds(present, read);
  return reused.length === 0 ? { keys: read } : { faults: reused.map((kid) => `${kid} is another key's id`) };
};

/**
 * The signing keys of a file as it is now. A file that cannot be used changes nothing and is logged once. A key that is
 * withdrawn signs and verifies nothing here from that moment, and is put into the log of revocations for the others, as
 * often as it takes.
 */
export const followKeys = ({ initial, file, revocations, logger }: FollowOptions): FollowedKeys => {
  let keys = initial;
  let seen: string | undefined;
  const withdrawn = new Set<string>();

  const take = (text: string): void => {
    // Of a secret, so no more than its hash is kept.
    const digest = hash('sha256', text);
    if (digest === seen) return;
    seen = digest;
    const read = readKeys(text, keys);
    if ('faults' in read) {
      logger.error({ faults: read.faults }, 'the signing keys cannot be used; those of before stay');
      return;
    }
    const change = changeOfKeys(keys, read.keys);
    keys = read.keys;
    for (const kid of change.withdrawn) withdrawn.add(kid);
    for (const kid of change.added) withdrawn.delete(kid);
    const [{ publicJwk }] = keys;
    logger.info({ ...change, signs: publicJwk.kid }, 'the signing keys were read');
  };
  const tellOthers = async (): Promise<void> => {
    for (const kid of withdrawn) {
      await revocations.revokeKey(kid);
      withdrawn.delete(kid);
    }
  };
  const watched =
    file === undefined
      ? undefined
      : watchFile(file, {
          pollMs: POLL_MS,
          onText: async (text) => {
            take(text);
            await tellOthers();
          },
          onError: (error) => logger.warn({ err: error }, 'the signing keys could not be followed'),
        });
  return {
    get: () => keys,
    look: async () => watched?.look(),
    close: async () => watched?.close(),
  };
};
