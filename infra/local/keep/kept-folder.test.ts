import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openRun, type Run } from '../run/run.ts';
import { openKeptFolder } from './kept-folder.ts';

let parent: string;
const runs: Run[] = [];

beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), 'contact-sync-keep-'));
});
afterEach(async () => {
  for (const run of runs.splice(0)) await run.close();
  await rm(parent, { recursive: true });
});

async function startRun(): Promise<Run> {
  const run = await openRun();
  runs.push(run);
  return run;
}

test('makes a folder that is missing, for this user only, where the caller stands', async () => {
  const folder = await openKeptFolder(await startRun(), 'deep/kept', parent);
  expect(folder).toBe(join(parent, 'deep/kept'));
  expect((await stat(folder)).mode & 0o777).toBe(0o700);
});

test('is the next run’s when one has ended, with what is in it', async () => {
  const first = await startRun();
  const folder = await openKeptFolder(first, parent);
  await writeFile(join(folder, 'data'), 'kept');
  await first.close();
  await openKeptFolder(await startRun(), parent);
  expect(await readFile(join(parent, 'data'), 'utf8')).toBe('kept');
});

test('says which process uses it, and what to do, while another run has it', async () => {
  const first = await startRun();
  await openKeptFolder(first, parent);
  await expect(openKeptFolder(await startRun(), parent)).rejects.toMatchObject({
    name: 'LaunchError',
    message: `${parent} is in use by another run (process ${first.watchdogPid}).`,
    remedy: expect.stringContaining(join(parent, 'in-use')),
  });
});

test('goes to one of two that ask at once', async () => {
  const asked = await Promise.allSettled(
    [await startRun(), await startRun()].map((run) => openKeptFolder(run, parent)),
  );
  expect(asked.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
});

test('is taken from a run that left no process behind', async () => {
  await openKeptFolder(await startRun(), parent);
  const ended = spawn(process.execPath, ['--eval', '']);
  await once(ended, 'exit');
  await writeFile(join(parent, 'in-use'), `${ended.pid}\n`);
  const run = await startRun();
  await openKeptFolder(run, parent);
  expect(await readFile(join(parent, 'in-use'), 'utf8')).toBe(`${run.watchdogPid}\n`);
});

test('is refused untouched where it holds something else', async () => {
  await writeFile(join(parent, 'thesis.txt'), 'mine');
  await expect(openKeptFolder(await startRun(), parent)).rejects.toThrow(`${parent} holds other files.`);
  expect(await readdir(parent)).toEqual(['thesis.txt']);
});

test.each([
  ['a file', 'file', /cannot be used to keep data: .*EEXIST/],
  ['a place below a file', 'file/below', /cannot be used to keep data: .*ENOTDIR/],
  ['a path with a comma', 'a,b', /comma or a semicolon/],
  ['an empty path', '', /is empty/],
])('says in words that %s cannot be it', async (_, path, message) => {
  await mkdir(join(parent, 'sub'));
  await writeFile(join(parent, 'sub/file'), '');
  const opened = openKeptFolder(await startRun(), path, join(parent, 'sub'));
  await expect(opened).rejects.toMatchObject({
    name: 'LaunchError',
    message: expect.stringMatching(message),
  });
});
