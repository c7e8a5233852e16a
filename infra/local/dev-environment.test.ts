import { spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { liveLauncher, quoted } from './dev-environment.ts';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'contact-sync-dev-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function fileOf(pid: number): Promise<string> {
  const path = join(folder, `${pid}.env`);
  await writeFile(path, `# launcher ${pid}\nREDIS_URL=redis://127.0.0.1:1\n`);
  return path;
}

test('recognises the settings of a launcher that runs', async () => {
  expect(await liveLauncher(await fileOf(process.pid))).toBe(process.pid);
});

test('takes no settings from a launcher that is gone, and none from a missing file', async () => {
  const { pid } = spawnSync(process.execPath, ['--version']);
  expect(await liveLauncher(await fileOf(pid))).toBeUndefined();
  expect(await liveLauncher(join(folder, 'missing.env'))).toBeUndefined();
});

test.each(['redis://127.0.0.1:6379', 'with space', 'a#b', '$HOME', '/tmp/x,y'])(
  'writes %s so that Node and a shell read the same',
  (value) => {
    const line = `VALUE=${quoted(value)}`;
    expect(parseEnv(line)).toEqual({ VALUE: value });
    expect(spawnSync('sh', ['-c', `${line}; printf %s "$VALUE"`], { encoding: 'utf8' }).stdout).toBe(value);
  },
);
