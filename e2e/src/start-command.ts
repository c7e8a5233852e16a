import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { ownServers } from '@contact-sync/launcher/test/own-servers.ts';

const START = fileURLToPath(import.meta.resolve('@contact-sync/launcher/start.ts'));

/** How the command ended, with all that it said. */
export type Ended = { readonly exitCode: number | null; readonly output: string; readonly errors: string };

export type StartCommand = {
  /** Resolves with standard output as soon as the command says that the system runs. */
  readonly running: Promise<string>;
  readonly ended: Promise<Ended>;
  /** Ctrl-C. */
  readonly stop: () => Promise<Ended>;
  readonly [Symbol.asyncDispose]: () => Promise<void>;
};

/** `npm start -- …` with servers of its own, as local processes. */
export const startCommand = (...parameters: readonly string[]): StartCommand => {
  const child = spawn(process.execPath, ['--conditions=source', START, ...parameters], {
    env: ownServers(),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  let errors = '';
  const ended = once(child, 'close').then((): Ended => ({ exitCode: child.exitCode, output, errors }));
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text;
  });
  const runs = new Promise<string>((resolve) => {
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      errors += text;
      if (errors.includes('Running.')) resolve(output);
    });
  });
  const failed = ended.then((end): never => {
    throw new Error(
      `npm start ended with ${end.exitCode}; the end of what it said:\n${end.errors.slice(-2_000)}`,
    );
  });
  const running = Promise.race([runs, failed]);
  running.catch(() => undefined);
  const stop = (): Promise<Ended> => {
    child.kill('SIGINT');
    return ended;
  };
  return { running, ended, stop, [Symbol.asyncDispose]: async () => void (await stop()) };
};
