import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import { eventually } from './eventually.ts';
import { isAlive } from './is-alive.ts';

test('ends a service, a frozen one too, with the process that started it', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'run-main-'));
  await mkdir(join(folder, 'src'));
  await writeFile(join(folder, 'src/main.ts'), 'setInterval(() => {}, 1000);');
  const code = `const { runMain } = await import(${JSON.stringify(new URL('./run-main.ts', import.meta.url).href)});
    const service = await runMain(new URL(${JSON.stringify(pathToFileURL(`${folder}/`).href)}), {});
    service.kill('SIGSTOP');
    console.log(service.pid);`;
  const owner = spawn(process.execPath, ['--input-type=module', '--eval', code], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = await once(owner.stdout, 'data');
  expect(isAlive(Number(line))).toBe(true);
  owner.kill('SIGKILL');
  await eventually(() => !isAlive(Number(line)));
  await rm(folder, { recursive: true });
});
