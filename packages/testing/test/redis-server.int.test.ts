import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { expect, test } from 'vitest';
import { eventually, redisServerExecutable, startRedisServer } from '../src/index.ts';

const isAlive = (pid: number) => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

test.skipIf(redisServerExecutable() === undefined)(
  'comes back on the same port after a crash, and leaves nothing',
  async () => {
    const server = await startRedisServer();
    const { pid, url, folder } = server;
    expect(isAlive(pid)).toBe(true);

    await server.kill('SIGKILL');
    expect(isAlive(pid)).toBe(false);
    await server.start();
    expect(server.url).toBe(url);
    expect(server.pid).not.toBe(pid);

    const last = server.pid;
    await server.stop();
    expect([isAlive(last), existsSync(folder)]).toEqual([false, false]);
  },
);

test.skipIf(redisServerExecutable() === undefined)(
  'ends with the process that started it, even by SIGKILL',
  async () => {
    const index = new URL('../src/index.ts', import.meta.url).href;
    const code = `const { startRedisServer } = await import(${JSON.stringify(index)});
    const server = await startRedisServer();
    console.log(server.pid, server.folder); setInterval(() => {}, 1000);`;
    const owner = spawn(process.execPath, ['--conditions=source', '--input-type=module', '--eval', code], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [line] = await once(owner.stdout, 'data');
    const [pid, folder = ''] = String(line).trim().split(' ');
    expect([isAlive(Number(pid)), existsSync(folder)]).toEqual([true, true]);
    owner.kill('SIGKILL');
    await eventually(() => !isAlive(Number(pid)) && !existsSync(folder));
  },
);
