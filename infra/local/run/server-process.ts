import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { LaunchError, reasonOf } from '../launch-error.ts';
import { eventually } from './eventually.ts';
import { logTail } from './log-tail.ts';
import type { Run } from './run.ts';

/** A server that runs for us and that a fault test may hurt. */
export interface ServerProcess {
  readonly name: string;
  /** Changes with `restart`. */
  readonly pid: number;
  readonly port: number;
  /** Delivers the signal; after SIGKILL it resolves once the process is gone. */
  kill(signal: NodeJS.Signals): Promise<void>;
  /** Ends the process if it still runs, then starts it on the same port and data; resolves when it is ready again. */
  restart(): Promise<void>;
  /** Asks it to end (SIGTERM) and kills it after `graceMs`; resolves when it is gone. */
  stop(graceMs: number): Promise<void>;
}

export interface ServerSpec {
  name: string;
  port: number;
  command: string;
  parameters: readonly string[];
  cwd?: string;
  environment?: NodeJS.ProcessEnv;
  readyWithinMs: number;
  /** Rejects while the server of this pid is not ready. */
  ready(pid: number): Promise<void>;
}

/** A server ended, or was not ready in time; the message holds the end of its log. */
export class ServerFailure extends LaunchError {
  /** Another process had the port, so a start on other ports may work. */
  readonly portTaken: boolean;

  constructor(message: string, log: string) {
    super(log === '' ? message : `${message}; the end of its log:\n${log}`);
    this.portTaken = /address already in use|seems to be in use|EADDRINUSE|BindException/i.test(log);
  }
}

const RESTART_GRACE_MS = 10_000;

/** Starts a server and resolves when it is ready; rejects with ServerFailure, having ended it, when it is not. */
export async function startServer(run: Run, spec: ServerSpec): Promise<ServerProcess> {
  let endsOnRequest = false;
  const start = async () => {
    endsOnRequest = false;
    const started = await startReady(run, spec);
    started.once('exit', (code, signal) => {
      if (endsOnRequest || run.closed) return;
      run.notify(`${spec.name} ended by itself (${endOf(code, signal)}); its log: ${logFileOf(run, spec)}`);
    });
    return started;
  };
  const end = (graceMs: number) => {
    endsOnRequest = true;
    return endProcess(child, graceMs);
  };
  let child = await start();
  return {
    name: spec.name,
    port: spec.port,
    get pid() {
      return child.pid ?? 0;
    },
    async kill(signal) {
      if (hasEnded(child)) return;
      endsOnRequest = true;
      const ended = once(child, 'exit');
      child.kill(signal);
      if (signal === 'SIGKILL') await ended;
    },
    async restart() {
      await end(RESTART_GRACE_MS);
      child = await start();
    },
    stop: end,
  };
}

async function startReady(run: Run, spec: ServerSpec): Promise<ChildProcess> {
  const logFile = logFileOf(run, spec);
  const logStart = await stat(logFile).then(
    ({ size }) => size,
    () => 0,
  );
  const child = run.spawn(spec.command, spec.parameters, { ...spec, logFile });
  let failure: string | undefined;
  child.once('error', (error) => {
    failure = `${spec.name} could not be started: ${error.message}`;
  });
  child.once('exit', (code, signal) => {
    failure = `${spec.name} ended while starting (${endOf(code, signal)})`;
  });
  const stillPossible = () => {
    if (failure !== undefined) throw new Error(failure);
  };
  try {
    await eventually(() => spec.ready(child.pid ?? 0), { withinMs: spec.readyWithinMs, stillPossible });
    return child;
  } catch (error) {
    await endProcess(child, 0);
    const reason = failure ?? `${spec.name} was not ready: ${reasonOf(error)}`;
    throw new ServerFailure(reason, await logTail(logFile, 15, logStart));
  }
}

async function endProcess(child: ChildProcess, graceMs: number): Promise<void> {
  if (hasEnded(child)) return;
  const ended = once(child, 'exit');
  // A process stopped by SIGSTOP would never see the request.
  child.kill('SIGCONT');
  child.kill(graceMs === 0 ? 'SIGKILL' : 'SIGTERM');
  const overdue = setTimeout(() => child.kill('SIGKILL'), graceMs);
  await ended;
  clearTimeout(overdue);
}

function hasEnded(child: ChildProcess): boolean {
  return child.pid === undefined || child.exitCode !== null || child.signalCode !== null;
}

function endOf(code: number | null, signal: NodeJS.Signals | null): string {
  return signal ?? `exit code ${code}`;
}

function logFileOf(run: Run, spec: ServerSpec): string {
  return join(run.logFolder, `${spec.name}.log`);
}
