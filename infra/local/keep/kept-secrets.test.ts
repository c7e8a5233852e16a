import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { keptSecretValues } from './kept-secrets.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'contact-sync-kept-'));
});
afterEach(() => rm(folder, { recursive: true }));

test('are the same at each start, and readable by this user only', async () => {
  const first = await keptSecretValues(folder);
  expect(await keptSecretValues(folder)).toEqual(first);
  expect((await stat(join(folder, 'secrets.json'))).mode & 0o777).toBe(0o600);
});

test('get what has come up since they were made, and keep it from then on', async () => {
  const first = await keptSecretValues(folder);
  const { 'gateway-api': _, ...clientSecrets } = first.clientSecrets;
  await writeFile(join(folder, 'secrets.json'), JSON.stringify({ ...first, clientSecrets }));
  const second = await keptSecretValues(folder);
  expect(second).toEqual({
    ...first,
    clientSecrets: { ...clientSecrets, 'gateway-api': expect.stringMatching(/^[\w-]{43}$/) },
  });
  expect(await keptSecretValues(folder)).toEqual(second);
});

test('are not made anew over a file that cannot be read', async () => {
  await writeFile(join(folder, 'secrets.json'), '{"acmeSecret":');
  await expect(keptSecretValues(folder)).rejects.toMatchObject({
    name: 'LaunchError',
    message: expect.stringContaining('secrets.json are no JSON'),
  });
  expect(await readFile(join(folder, 'secrets.json'), 'utf8')).toBe('{"acmeSecret":');
});
