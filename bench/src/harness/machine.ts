import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { availableParallelism, cpus, loadavg, release, totalmem, type } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { REPOSITORY } from '@contact-sync/launcher/repository.ts';

/** One line on where the figures come from, with the load at this moment. */
export const machineLine = (): string => {
  const memory = Math.round(totalmem() / 2 ** 30);
  const [model = 'unknown CPU'] = cpus().map((cpu) => cpu.model.trim());
  const load = loadavg()[0]?.toFixed(1);
  return `${availableParallelism()} × ${model}, ${memory} GiB, ${type()} ${release()}, load average before: ${load}`;
};

const libraries = ['fastify', 'kafkajs', 'autocannon', 'jsonata'];

const versionOf = async (library: string): Promise<string> => {
  const manifest = createRequire(import.meta.url).resolve(`${library}/package.json`);
  return (JSON.parse(await readFile(manifest, 'utf8')) as { version: string }).version;
};

const git = async (...parameters: string[]): Promise<string> =>
  (await promisify(execFile)('git', parameters, { cwd: REPOSITORY })).stdout.trim();

/** The commit, with `+` where the tree differs from it; unknown outside of a git checkout. */
const commit = async (): Promise<string> => {
  try {
    const changed = await git('status', '--porcelain', '--', 'apps', 'packages', 'bench');
    return `${await git('rev-parse', '--short', 'HEAD')}${changed === '' ? '' : '+'}`;
  } catch {
    return 'unknown';
  }
};

const kafkaVersion = async (): Promise<string> => {
  const pom = await readFile(join(REPOSITORY, 'infra/local/pom.xml'), 'utf8');
  return /<kafka\.version>(.*)</.exec(pom)?.[1] ?? 'unknown';
};

/** What ran: our commit, Node, and the libraries and servers that figures depend on. */
export const versions = async (): Promise<Record<string, string>> => {
  const found = await Promise.all(
    libraries.map(async (library): Promise<[string, string]> => [library, await versionOf(library)]),
  );
  return {
    commit: await commit(),
    node: process.version,
    ...Object.fromEntries(found),
    kafka: await kafkaVersion(),
  };
};
