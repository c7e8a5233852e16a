import { resolve } from 'node:path';

/** What this command reads of its command line; the rest is the simulator's own. */
export type CommandLine = {
  /** Whether the system is to be started here. */
  readonly startsSystem: boolean;
  /** For the simulator, with the paths as they are meant where the command was called. */
  readonly args: readonly string[];
};

const pathOptions: readonly string[] = ['--target', '--junit'];

/** @param calledFrom the folder from which npm was called. */
export function readCommandLine(args: readonly string[], calledFrom: string): CommandLine {
  const absolute = args.map((arg, index) => {
    const [name = '', path] = arg.split(/=(.*)/s, 2);
    if (path !== undefined && pathOptions.includes(name)) return `${name}=${resolve(calledFrom, path)}`;
    return pathOptions.includes(args[index - 1] ?? '') ? resolve(calledFrom, arg) : arg;
  });
  const needsNone = args.some((arg) => arg === '--help' || arg === '--target' || arg.startsWith('--target='));
  return { startsSystem: !needsNone && args.length > 0, args: absolute };
}
