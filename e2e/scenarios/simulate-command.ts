import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import type { System } from '../src/system.ts';

const COMMAND = fileURLToPath(new URL('../../infra/simulate/main.ts', import.meta.url));

export type Simulated = {
  readonly exitCode: number | null;
  /** Standard output, line by line. */
  readonly lines: readonly string[];
  readonly junit: string;
};

/** `npm run simulate -- … --target FILE --json --junit FILE` against a running system, by whichever door. */
export const simulateCommand = async (
  system: System,
  ingestUrl: string,
  args: readonly string[],
): Promise<Simulated> => {
  await using cleanUp = new AsyncDisposableStack();
  const folder = await mkdtemp(join(tmpdir(), 'simulate-'));
  cleanUp.defer(() => rm(folder, { recursive: true }));
  await writeFile(join(folder, 'secret'), system.machine.secret);
  const target = {
    gatewayUrl: system.gatewayUrl,
    ingestUrl,
    acmeSecretsFile: system.acmeSecretsFile,
    clientId: system.machine.id,
    clientSecretFile: 'secret',
  };
  await writeFile(join(folder, 'target.json'), JSON.stringify(target));
  const options = ['--target', 'target.json', '--json', '--junit', 'verdict.xml'];
  const child = spawn(process.execPath, ['--conditions=source', COMMAND, ...args, ...options], {
    env: { ...process.env, INIT_CWD: folder },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const [output] = await Promise.all([text(child.stdout), once(child, 'exit')]);
  return {
    exitCode: child.exitCode,
    lines: output.trimEnd().split('\n'),
    junit: await readFile(join(folder, 'verdict.xml'), 'utf8'),
  };
};
