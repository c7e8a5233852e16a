import type { HashChanges } from './hash-changes.ts';
import { sequence } from './read-hashes.ts';

/**
 * One write as the guarded script takes it behind who numbers: the contact as a member of the feed or nothing, how many
 * guards, the guards, and the commands.
 */
export type WriteCall = {
  readonly keys: readonly string[];
  readonly args: readonly [
    member: string,
    count: string,
    guards: readonly string[],
    commands: readonly string[],
  ];
};

export type FeedKeys = { readonly feed: string; readonly changes: string };

/** Gathers guards and commands; every key is named once and meant by its place. */
export const createWriteCall = ({ feed, changes }: FeedKeys) => {
  const keys: string[] = [feed, changes];
  let member = '';
  const guards: string[] = [];
  const commands: string[] = [];
  /** From 1. */
  const placeOf = (key: string): string => {
    const known = keys.indexOf(key);
    return String(known === -1 ? keys.push(key) : known + 1);
  };
  const run = (command: string, key: string, args: readonly string[]): void => {
    commands.push(command, placeOf(key), String(args.length));
    for (const arg of args) commands.push(arg);
  };
  return {
    /** The write happens only if the hash field has this value, or is absent for null. */
    guard: (key: string, field: string, expected: string | number | null): void => {
      guards.push(placeOf(key), field, expected === null ? '' : String(expected));
    },
    run,
    /** Gives the contact the feed's next place. */
    number: (contact: string): void => {
      member = contact;
    },
    /** Changes a hash, and sets its sequence. */
    changeHash: (key: string, { set, gone }: HashChanges, counted: string): void => {
      // A full server refuses a script's first write alone, and no HDEL: what grows comes first, so all of it is refused.
      run('HSET', key, [...set, sequence, counted]);
      if (gone.length > 0) run('HDEL', key, gone);
    },
    finish: (): WriteCall => ({ keys, args: [member, String(guards.length / 3), guards, commands] }),
  };
};
