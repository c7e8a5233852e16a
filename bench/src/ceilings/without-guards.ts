import type { SeenCall } from './monitor-line.ts';

/** An EVALSHA with all of its parameters. */
export type Evalsha = readonly [sha: string, keyCount: number, ...keysAndArgs: string[]];

// What stands before the guards of contact-service's guarded write: who numbers (two), and the contact's place in the feed.
const beforeGuards = 3;
const guardLength = 3;

/**
 * A guarded write as it is replayed: what a replay is written onto is never what was there at the time.
 * @throws {Error} when there is no count where guards are counted: the script has changed.
 */
export const withoutGuards = ({ sha, keys, args }: SeenCall): Evalsha => {
  const count = args[beforeGuards] ?? '';
  if (!/^\d+$/.test(count)) throw new Error('a recorded write does not say how many guards it has');
  const commands = args.slice(beforeGuards + 1 + Number(count) * guardLength);
  return [sha, keys.length, ...keys, ...args.slice(0, beforeGuards), '0', ...commands];
};
