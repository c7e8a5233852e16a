import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { expect, test } from 'vitest';
import { eventually, redisServerExecutable, startRedisServer } from '../src/index.ts';
import { isAlive } from '../src/is-alive.ts';

test.skipIf(redisServerExecutable() === undefined)(
  'comes back on the same port after a crash, and leaves nothing',
  async () => {
    const server = await startRedisServer();
    const { pid, url, folder } = server;
    expect(isAlive(pid)).toBe(true);

    await server.kill('SIGKILL');
    expect(isAlive(pid)).toBe(false);
    await expect(server.kill('SIGCONT')).rejects.toThrow('does not run');
    await server.start();
    expect(server.url).toBe(url);
    expect(server.pid).not.toBe(pid);

    const last = server.pid;
    await server.stop();
    expect([isAlive(last), existsSync(folder)]).toEqual([false, false]);
  },
);

const index = new URL('../src/index.ts', import.meta.url).href;

test.skipIf(redisServerExecutable() === undefined).each([
  ['its own SIGKILL', (owner: number) => process.kill(owner, 'SIGKILL')],
  ['a SIGTERM to its process group', (owner: number) => process.kill(-owner, 'SIGTERM')],
])('ends frozen with the process that started it, be it by %s', async (_how, end) => {
  const code = `const { startRedisServer } = await import(${JSON.stringify(index)});
    const server = await startRedisServer();
    await server.kill('SIGSTOP');
    console.log(server.pid, server.folder); setInterval(() => {}, 1000);`;
  const owner = spawn(process.execPath, ['--conditions=source', '--input-type=module', '--eval', code], {
    stdio: ['ignore', 'pipe', 'inherit'],
    detached: true,
  });
  const [line] = await once(owner.stdout, 'data');
  const [pid, folder = ''] = String(line).trim().split(' ');
  expect([isAlive(Number(pid)), existsSync(folder)]).toEqual([true, true]);
  end(owner.pid ?? 0);
  await eventually(() => !isAlive(Number(pid)) && !existsSync(folder));
});

test('says which executable could not be started', async () => {
  await expect(startRedisServer({ executable: '/nowhere/redis-server' })).rejects.toThrow(
    'spawn /nowhere/redis-server ENOENT',
  );
});
