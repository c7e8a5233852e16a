import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openRun, type Run } from '../run/run.ts';
import { cached, cacheFolder } from './cache.ts';

let run: Run;
let cache: string;

beforeEach(async () => {
  run = await openRun();
  cache = await mkdtemp(join(tmpdir(), 'contact-sync-cache-'));
});
afterEach(async () => {
  await run.close();
  await rm(cache, { recursive: true });
});

function fillWith(text: string, folder: string): Promise<void> {
  return writeFile(join(folder, 'content'), text);
}

test('is filled once, and whole for both of two that fill it at once', async () => {
  const places = await Promise.all(
    ['one', 'two'].map((text) => cached(run, cache, 'thing', (folder) => fillWith(text, folder))),
  );
  const again = await cached(run, cache, 'thing', () => Promise.reject(new Error('filled again')));
  expect(new Set([...places, again])).toEqual(new Set([join(cache, 'thing')]));
  expect(['one', 'two']).toContain(await readFile(join(again, 'content'), 'utf8'));
});

test('keeps nothing of a filling that failed', async () => {
  const failing = cached(run, cache, 'thing', async (folder) => {
    await fillWith('half', folder);
    throw new Error('no network');
  });
  await expect(failing).rejects.toThrow('no network');
  await run.close();
  expect(await readdir(cache)).toEqual([]);
});

test('tells which setting helps when its folder cannot be made', async () => {
  await writeFile(join(cache, 'file'), '');
  const impossible = cached(run, join(cache, 'file'), 'thing', () => Promise.resolve());
  await expect(impossible).rejects.toMatchObject({
    remedy: expect.stringContaining('CONTACT_SYNC_CACHE_DIR'),
  });
});

test.each([
  [{ CONTACT_SYNC_CACHE_DIR: '/given', XDG_CACHE_HOME: '/xdg' }, '/given'],
  [{ XDG_CACHE_HOME: '/xdg' }, '/xdg/contact-sync'],
])('lies where the environment says: %j', (environment, folder) => {
  expect(cacheFolder(environment)).toBe(folder);
});
