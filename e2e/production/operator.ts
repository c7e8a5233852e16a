import { execFile } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const PAGE = new URL('../../docs/deploy/rotate-credentials.md', import.meta.url);
const REDIS_CLI = fileURLToPath(new URL('./redis-cli.ts', import.meta.url));

/** Some are followed at once, and each of Kafka's starts a Java process, on a machine that may be busy with others. */
const COMMAND_MS = 150_000;

/** The block of docs/deploy/rotate-credentials.md that begins with that comment. */
const blockOf = async (title: string): Promise<string> => {
  const blocks = (await readFile(PAGE, 'utf8')).matchAll(/```sh\n([\s\S]*?)```/g);
  const block = [...blocks].map(([, text = '']) => text).find((text) => text.startsWith(`# ${title}\n`));
  if (block === undefined) throw new Error(`the page has no block "${title}"`);
  return block;
};

export type Operator = {
  /** Runs a block of the page as it stands. Rejects where a command of it fails. */
  follow(title: string, environment: Readonly<Record<string, string>>): Promise<string>;
};

/**
 * Who follows the page. `redis-cli` and `kafka-configs.sh` need not be installed: the one is a few lines of ours that speak
 * Redis' protocol, the other Kafka's own class, as its script starts it.
 */
export const createOperator = async (
  folder: string,
  kafkaTool: readonly string[],
  settings: Readonly<Record<string, string>>,
): Promise<Operator> => {
  await mkdir(folder);
  const script = async (name: string, command: readonly string[]) => {
    const quoted = command.map((part) => `'${part}'`).join(' ');
    await writeFile(join(folder, name), `#!/bin/sh\nexec ${quoted} "$@"\n`, { mode: 0o700 });
  };
  await script('redis-cli', [process.execPath, REDIS_CLI]);
  await script('kafka-configs.sh', kafkaTool);
  return {
    async follow(title, environment) {
      const { stdout } = await promisify(execFile)('bash', ['-euo', 'pipefail', '-c', await blockOf(title)], {
        env: { PATH: `${folder}${delimiter}${process.env['PATH']}`, ...settings, ...environment },
        timeout: COMMAND_MS,
      });
      return stdout;
    },
  };
};
