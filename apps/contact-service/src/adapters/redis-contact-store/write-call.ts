import type { HashChanges } from './hash-changes.ts';

/** One write as the guarded script takes it. */
export type WriteCall = { readonly keys: readonly string[]; readonly args: readonly string[] };

/** Gathers guards and commands; every key is named once and meant by its place. */
export const createWriteCall = () => {
  const places = new Map<string, number>();
  const guards: string[] = [];
  const commands: string[] = [];
  const placeOf = (key: string): string => {
    const known = places.get(key);
    if (known !== undefined) return String(known);
    places.set(key, places.size + 1);
    return String(places.size);
  };
  const run = (command: string, key: string, ...args: readonly string[]): void => {
    commands.push(command, placeOf(key), String(args.length), ...args);
  };
  return {
    /** The write happens only if the hash field has this value, or is absent for null. */
    guard: (key: string, field: string, expected: string | number | null): void => {
      guards.push(placeOf(key), field, expected === null ? '' : String(expected));
    },
    run,
    /** Changes a hash, and sets its sequence. */
    changeHash: (key: string, { set, gone }: HashChanges, sequence: string): void => {
      // A full server refuses a script's first write alone, and no HDEL: what grows comes first, so all of it is refused.
      run('HSET', key, ...set, 'sequence', sequence);
      if (gone.length > 0) run('HDEL', key, ...gone);
    },
    finish: (): WriteCall => ({
      keys: [...places.keys()],
      args: [String(guards.length / 3), ...guards, ...commands],
    }),
  };
};
