import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { compileCache } from './compile-cache.ts';
import { endWithUs } from './end-with-us.ts';
import { eventually } from './eventually.ts';
import { choosePort } from './ports.ts';

export type RunMainOptions = {
  /** Modules that are loaded into the process before the service: crash points, which shipped code does not have. */
  readonly preloads?: readonly URL[];
};

/**
 * A service as a process of its own, run from its sources in `folder`, with these settings and nothing else in its
 * environment. It ends with this process, also when that is killed.
 */
export const runMain = async (
  folder: URL,
  settings: Readonly<Record<string, string>>,
  { preloads = [] }: RunMainOptions = {},
) => {
  const [port, opsPort] = [await choosePort(), await choosePort()];
  const address = { HOST: '127.0.0.1', PORT: String(port), OPS_PORT: String(opsPort), LOG_LEVEL: 'trace' };
  const imports = preloads.map((module) => `--import=${module.href}`);
  const child = spawn(process.execPath, ['--conditions=source', ...imports, 'src/main.ts'], {
    cwd: fileURLToPath(folder),
    env: { ...compileCache(), ...address, ...settings },
  });
  endWithUs(child);
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  }
  const exited = once(child, 'close');
  const opsUrl = `http://127.0.0.1:${opsPort}`;
  return {
    url: `http://127.0.0.1:${port}`,
    opsUrl,
    pid: child.pid,
    output: () => output,
    /** Resolves once the service says that it is ready; rejects with the end of its log where it does not. */
    ready: async () => {
      try {
        await eventually(async () => (await fetch(`${opsUrl}/readyz`)).ok, { timeoutMs: 60_000 });
      } catch (error) {
        throw new Error(`not ready; its log ends:\n${output.slice(-2_000)}`, { cause: error });
      }
    },
    /** The sum of a metric over its labels; 0 while it has no sample. */
    metric: async (name: string): Promise<number> => {
      const lines = (await (await fetch(`${opsUrl}/metrics`)).text()).split('\n');
      return lines
        .filter((line) => line.startsWith(`${name}{`) || line.startsWith(`${name} `))
        .reduce((sum, line) => sum + Number(line.slice(line.lastIndexOf(' '))), 0);
    },
    /** SIGSTOP freezes, SIGCONT thaws, SIGKILL is a crash. */
    kill: (signal: NodeJS.Signals): void => void child.kill(signal),
    /** Resolves with the signal that ended the process, if one did. */
    endedBy: async (): Promise<NodeJS.Signals | null> => (await exited)[1],
    /** Resolves with the exit code once the process has ended by itself. */
    exitCode: async (): Promise<number | null> => (await exited)[0],
    stop: async () => {
      child.kill('SIGCONT');
      child.kill('SIGTERM');
      await exited;
    },
  };
};
