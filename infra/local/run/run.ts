import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { LaunchError } from '../launch-error.ts';
import { killGroup } from './kill-group.ts';

const WATCHDOG = fileURLToPath(new URL('./watchdog.ts', import.meta.url));

export interface SpawnOptions {
  cwd?: string;
  environment?: NodeJS.ProcessEnv;
  /** A file that takes standard output and error, appended; without it both are pipes. */
  logFile?: string;
}

/**
 * What one launcher owns: a private folder and processes, each leading its own process group. All of it is gone after
 * `close`, and soon after this process ends without it, be it by SIGKILL.
 */
export interface Run {
  /** Mode 0700, under the system's temporary folder. */
  readonly folder: string;
  /** `<folder>/logs`. */
  readonly logFolder: string;
  /** Of the process that ends all others of the run, and itself after them, if the launcher does not. */
  readonly watchdogPid: number;
  /** True as soon as `close` is called. */
  readonly closed: boolean;
  /** Throws when the run is closed, so that nothing starts during the clean-up. */
  spawn(command: string, parameters: readonly string[], options?: SpawnOptions): ChildProcess;
  /** Tells the user something that happened outside of any step. */
  notify(text: string): void;
  /** Removes `path`, a file or folder outside of the run's own, with the run. */
  removeAtEnd(path: string): void;
  /** Kills every process, removes the folder and the paths; may be called twice. */
  close(): Promise<void>;
}

/** Opens a run with its folder and its watchdog; `notify` gets what the user should know, one line each. */
export async function openRun(notify: (text: string) => void = () => undefined): Promise<Run> {
  const folder = await mkdtemp(join(tmpdir(), 'contact-sync-'));
  const logFolder = join(folder, 'logs');
  await mkdir(logFolder);
  const watchdog = await startWatchdog();
  const tell = (line: string) => watchdog.stdin?.write(`${line}\n`);
  tell(`path ${folder}`);

  const children = new Set<ChildProcess>();
  const paths = new Set([folder]);
  let closing: Promise<void> | undefined;

  return {
    folder,
    logFolder,
    watchdogPid: watchdog.pid ?? 0,
    get closed() {
      return closing !== undefined;
    },
    spawn(command, parameters, options = {}) {
      if (closing !== undefined) throw new LaunchError('stopped while starting');
      const child = spawnInOwnGroup(command, parameters, options);
      const { pid } = child;
      // Without a pid the command could not be started; its 'error' event says why.
      if (pid === undefined) return child;
      tell(`group ${pid}`);
      children.add(child);
      child.once('exit', () => {
        killGroup(pid, 'SIGKILL');
        children.delete(child);
        tell(`ended ${pid}`);
      });
      return child;
    },
    notify,
    removeAtEnd(path) {
      paths.add(path);
      tell(`path ${path}`);
    },
    close() {
      closing ??= closeRun(children, paths, watchdog);
      return closing;
    },
  };
}

/** Resolves once the watchdog watches, so that from its first process on a run is never without. */
async function startWatchdog(): Promise<ChildProcess> {
  // An empty environment keeps NODE_OPTIONS of the launcher (debugger, test runner) out of it.
  const watchdog = spawn(process.execPath, [WATCHDOG], {
    cwd: '/',
    env: {},
    detached: true,
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  // Should it be gone, the run still ends by close(); a broken pipe must not end the launcher.
  watchdog.stdin.on('error', () => undefined);
  await Promise.race([once(watchdog.stdout, 'data'), once(watchdog, 'exit')]);
  watchdog.stdout.destroy();
  return watchdog;
}

function spawnInOwnGroup(
  command: string,
  parameters: readonly string[],
  options: SpawnOptions,
): ChildProcess {
  const log = options.logFile === undefined ? undefined : openSync(options.logFile, 'a', 0o600);
  try {
    return spawn(command, parameters, {
      cwd: options.cwd,
      env: options.environment ?? process.env,
      detached: true,
      stdio: ['ignore', log ?? 'pipe', log ?? 'pipe'],
    });
  } finally {
    if (log !== undefined) closeSync(log);
  }
}

async function closeRun(
  children: Set<ChildProcess>,
  paths: Set<string>,
  watchdog: ChildProcess,
): Promise<void> {
  const exits = [...children].map((child) => once(child, 'exit'));
  for (const { pid } of children) if (pid !== undefined) killGroup(pid, 'SIGKILL');
  await Promise.all(exits);
  // What cannot be removed now is tried again by the watchdog, and must not keep it from ending.
  await Promise.allSettled(
    [...paths].map((path) => rm(path, { recursive: true, force: true, maxRetries: 10 })),
  );
  if (watchdog.exitCode !== null || watchdog.signalCode !== null) return;
  const ended = once(watchdog, 'exit');
  watchdog.stdin?.end();
  await ended;
}
