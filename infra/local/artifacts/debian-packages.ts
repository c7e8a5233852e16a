import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { LaunchError } from '../launch-error.ts';
import { lastLines } from '../run/log-tail.ts';
import type { Run } from '../run/run.ts';
import { runTool } from '../run/tool.ts';

// Offline this is what a run waits for, once a file that asks.
const IMPATIENT = ['-o', 'Acquire::Retries=0', '-o', 'Acquire::http::Timeout=10'];

/** What is wanted: packages, and what they are needed for, as an error says it. */
export interface Wanted {
  readonly what: string;
  readonly packages: readonly string[];
}

/**
 * Unpacks packages of this Debian or Ubuntu release into `folder`, from the machine's own package mirrors: nothing is
 * installed, nothing of the machine's package lists is changed, and no root is needed. Rejects with a LaunchError that
 * says why it could not.
 */
export async function unpackDebianPackages(
  run: Run,
  environment: NodeJS.ProcessEnv,
  folder: string,
  { what, packages: names }: Wanted,
): Promise<void> {
  const packages = join(folder, 'packages');
  for (const place of ['lists/partial', 'archives/partial']) {
    await mkdir(join(packages, place), { recursive: true });
  }
  const call = async (command: string, ...parameters: readonly string[]): Promise<void> => {
    const { exitCode, output } = await runTool(run, command, parameters, { cwd: packages, environment });
    if (exitCode === 0) return;
    throw new LaunchError(`${command} could not get ${what}: ${lastLines(output, 1).trim()}`);
  };
  const own = [
    '-q',
    '-o',
    `Dir::State::Lists=${packages}/lists`,
    '-o',
    `Dir::Cache=${packages}`,
    ...IMPATIENT,
  ];
  await call('apt-get', ...own, 'update');
  await call('apt-get', ...own, 'download', ...names);
  await call('sh', '-c', 'for package in *.deb; do dpkg -x "$package" ..; done');
  await rm(packages, { recursive: true });
}
