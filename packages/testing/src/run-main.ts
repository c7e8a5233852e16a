import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { eventually } from './eventually.ts';
import { freePort } from './free-port.ts';

/**
 * A service as a process of its own, run from its sources in `folder`, with these settings and nothing else in its
 * environment.
 */
export const runMain = async (folder: URL, settings: Readonly<Record<string, string>>) => {
  const [port, opsPort] = [await freePort(), await freePort()];
  const address = { HOST: '127.0.0.1', PORT: String(port), OPS_PORT: String(opsPort), LOG_LEVEL: 'trace' };
  const child = spawn(process.execPath, ['--conditions=source', 'src/main.ts'], {
    cwd: fileURLToPath(folder),
    env: { ...address, ...settings },
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  }
  const exited = once(child, 'close');
  return {
    url: `http://127.0.0.1:${port}`,
    output: () => output,
    ready: () =>
      eventually(async () => (await fetch(`http://127.0.0.1:${opsPort}/readyz`)).ok, { timeoutMs: 60_000 }),
    /** Resolves with the exit code once the process has ended by itself. */
    exitCode: async (): Promise<number | null> => (await exited)[0],
    stop: async () => {
      child.kill('SIGTERM');
      await exited;
    },
  };
};
