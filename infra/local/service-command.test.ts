import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { REPOSITORY } from './repository.ts';
import { serviceCommand } from './service-command.ts';
import { SERVICE_NAMES } from './service-plan.ts';

const run = promisify(execFile);

const read = (path: string) => readFile(join(REPOSITORY, path), 'utf8');

test.each(SERVICE_NAMES)('%s is started by npm as the launcher starts it', async (name) => {
  const { scripts } = JSON.parse(await read(`apps/${name}/package.json`)) as { scripts: { start: string } };
  expect(scripts.start).toBe(['node', ...serviceCommand(name)].join(' '));
});

test.each(SERVICE_NAMES)('the image of %s starts it as the launcher does', async (name) => {
  const commands = [...(await read('infra/docker/Dockerfile')).matchAll(/^CMD (\[.*\])$/gm)];
  const [shell = '', ...parameters] = JSON.parse(commands.at(-1)?.[1] ?? '[]') as string[];
  // The shell would give way to the service: here it tells what it would run instead.
  const told = parameters.map((parameter) => parameter.replace('exec ', 'echo '));
  const { stdout } = await run(shell, told, { cwd: join(REPOSITORY, 'apps', name) });
  expect(stdout.trim()).toBe(['node', ...serviceCommand(name)].join(' '));
});
