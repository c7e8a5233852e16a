import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { REPOSITORY } from './repository.ts';
import { SERVICE_COMMAND } from './service-command.ts';
import { SERVICE_NAMES } from './service-plan.ts';

const read = (path: string) => readFile(join(REPOSITORY, path), 'utf8');

test.each(SERVICE_NAMES)('%s is started by npm as the launcher starts it', async (name) => {
  const { scripts } = JSON.parse(await read(`apps/${name}/package.json`)) as { scripts: { start: string } };
  expect(scripts.start).toBe(['node', ...SERVICE_COMMAND].join(' '));
});

test('images start services as the launcher does', async () => {
  const command = /^CMD (\[.*\])$/gm;
  const [, last] = [...(await read('infra/docker/Dockerfile')).matchAll(command)].map(([, json]) => json);
  expect(JSON.parse(last ?? '[]')).toEqual(['node', '--enable-source-maps', ...SERVICE_COMMAND]);
});
