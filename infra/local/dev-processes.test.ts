import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { endDevProcesses } from './dev-processes.ts';

const MODULE = new URL('./dev-processes.ts', import.meta.url).href;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'contact-sync-dev-'));
});
afterAll(() => rm(folder, { recursive: true }));

test('waits for the services in development to end, and forgets them', async () => {
  const service = spawn(process.execPath, [
    '--input-type=module',
    '--eval',
    `const { recordDevProcess } = await import('${MODULE}');
     process.on('SIGTERM', () => setTimeout(() => process.exit(0), 300));
     await recordDevProcess('example', '${folder}');
     console.log('noted');
     setInterval(() => undefined, 60_000);`,
  ]);
  await once(service.stdout, 'data');

  await endDevProcesses(10_000, folder);

  expect(service.exitCode ?? (await once(service, 'exit'))[0]).toBe(0);
  expect(await readdir(folder)).toEqual([]);
});

test('has nothing to wait for where no service ran', async () => {
  await endDevProcesses(10_000, join(folder, 'missing'));
});
