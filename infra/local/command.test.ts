import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, test } from 'vitest';

const COMMAND = new URL('./command.ts', import.meta.url).href;
const LAUNCH_ERROR = new URL('./launch-error.ts', import.meta.url).href;

interface Ended {
  exitCode: number | null;
  stdout: string;
  stderr: string;
}

/** Runs a command that consists of `body`; sends the signal once it has said something. */
async function run(body: string, signal?: NodeJS.Signals): Promise<Ended> {
  const script = `
    const { runCommand } = await import('${COMMAND}');
    const { LaunchError } = await import('${LAUNCH_ERROR}');
    await runCommand(async (cleanUp) => { ${body} });
  `;
  const child = spawn(process.execPath, ['--input-type=module', '--eval', script]);
  const ended: Ended = { exitCode: null, stdout: '', stderr: '' };
  child.stdout.on('data', (chunk) => {
    ended.stdout += chunk;
    if (signal !== undefined && String(chunk).includes('up')) child.kill(signal);
  });
  child.stderr.on('data', (chunk) => {
    ended.stderr += chunk;
  });
  const [exitCode] = await once(child, 'close');
  return { ...ended, exitCode };
}

const CLEAN_UP = "cleanUp.defer(() => console.log('first')); cleanUp.defer(() => console.log('last'));";

test.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
  'a command that stays ends with 0 at %s and cleans up, last first',
  async (signal) => {
    const { exitCode, stdout } = await run(`${CLEAN_UP} console.log('up'); return 'stays';`, signal);
    expect(exitCode).toBe(0);
    expect(stdout).toBe('up\nlast\nfirst\n');
  },
);

test('one Ctrl-C that arrives from the terminal and from npm still cleans up', async () => {
  const clean =
    "cleanUp.defer(async () => { process.kill(process.pid, 'SIGINT'); await new Promise((resolve) => setTimeout(resolve, 100)); console.log('done'); });";
  const { exitCode, stdout } = await run(`${clean} console.log('up'); return 'stays';`, 'SIGINT');
  expect(exitCode).toBe(0);
  expect(stdout).toBe('up\ndone\n');
});

test('a command that is interrupted before its end cleans up and says so by its exit code', async () => {
  const { exitCode, stdout } = await run(
    `${CLEAN_UP} console.log('up'); await new Promise((resolve) => setTimeout(resolve, 60_000));`,
    'SIGINT',
  );
  expect(exitCode).toBe(130);
  expect(stdout).toContain('last\nfirst\n');
});

test('a fault that the user can mend is told in words alone', async () => {
  const { exitCode, stdout, stderr } = await run(
    `${CLEAN_UP} throw new LaunchError('No Java.', { remedy: 'Install one.' });`,
  );
  expect(exitCode).toBe(1);
  expect(stdout).toBe('last\nfirst\n');
  expect(stderr).toBe('\nNo Java.\n\nInstall one.\n');
});

test('gives the exit code of the work', async () => {
  expect((await run('return 3;')).exitCode).toBe(3);
});
