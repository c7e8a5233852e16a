import { existsSync } from 'node:fs';
import { mkdtemp, readFile, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { eventually } from './eventually.ts';
import { isAlive } from './is-alive.ts';
import { openRun } from './run.ts';

const TREE = 'sleep 300 & echo $! > child; wait';

async function pidIn(path: string): Promise<number> {
  return eventually(
    async () => {
      const pid = Number(await readFile(path, 'utf8'));
      if (!(pid > 0)) throw new Error('not written yet');
      return pid;
    },
    { withinMs: 5_000 },
  );
}

async function gone(pid: number): Promise<void> {
  const probe = async () => {
    if (isAlive(pid)) throw new Error(`${pid} is alive`);
  };
  await eventually(probe, { withinMs: 5_000 });
}

test('keeps its folder to this user', async () => {
  const run = await openRun();
  expect((await stat(run.folder)).mode & 0o777).toBe(0o700);
  await run.close();
});

test('leaves neither processes, nor their children, nor folders behind', async () => {
  const run = await openRun();
  const outside = await mkdtemp(join(tmpdir(), 'contact-sync-outside-'));
  run.removeAtEnd(outside);
  const child = run.spawn('sh', ['-c', TREE], { cwd: run.folder });
  const grandchild = await pidIn(join(run.folder, 'child'));

  await run.close();
  await run.close();

  await gone(child.pid ?? 0);
  await gone(grandchild);
  expect(existsSync(run.folder)).toBe(false);
  expect(existsSync(outside)).toBe(false);
});

test('ends what a process that ends by itself leaves running', async () => {
  const run = await openRun();
  run.spawn('sh', ['-c', 'sleep 300 & echo $! > child'], { cwd: run.folder });
  await gone(await pidIn(join(run.folder, 'child')));
  await run.close();
});

test('starts nothing once it is closed', async () => {
  const run = await openRun();
  await run.close();
  expect(() => run.spawn('true', [])).toThrow('stopped while starting');
});
