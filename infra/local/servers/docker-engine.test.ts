import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findEngine } from './docker-engine.ts';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'contact-sync-docker-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function listening(name: string, answers: boolean): Promise<string> {
  const path = join(folder, name);
  const server = createServer((_request, response) => {
    if (answers) response.end('OK');
  });
  server.listen(path).unref();
  await once(server, 'listening');
  return `unix://${path}`;
}

test('sees an engine that answers', async () => {
  const engine = await listening('engine', true);
  expect(await findEngine({ DOCKER_HOST: engine })).toBe(engine);
});

test('sees the engine of the context that docker would use', async () => {
  const engine = await listening('of-a-context', true);
  const meta = join(folder, 'contexts/meta', createHash('sha256').update('mine').digest('hex'));
  await mkdir(meta, { recursive: true });
  await writeFile(join(meta, 'meta.json'), JSON.stringify({ Endpoints: { docker: { Host: engine } } }));
  expect(await findEngine({ DOCKER_CONFIG: folder, DOCKER_CONTEXT: 'mine' })).toBe(engine);
  await writeFile(join(folder, 'config.json'), JSON.stringify({ currentContext: 'mine' }));
  expect(await findEngine({ DOCKER_CONFIG: folder })).toBe(engine);
});

test('sees an engine without root, in the user’s runtime folder', async () => {
  const engine = await listening('docker.sock', true);
  expect(await findEngine({ HOME: folder, XDG_RUNTIME_DIR: folder })).toBe(engine);
});

test('does not wait for an engine that hangs or is not there', async () => {
  const startedAt = performance.now();
  expect(await findEngine({ DOCKER_HOST: await listening('hanging', false) })).toBeUndefined();
  expect(await findEngine({ DOCKER_HOST: `unix://${folder}/missing` })).toBeUndefined();
  expect(await findEngine({ DOCKER_HOST: 'tcp://127.0.0.1:1' })).toBeUndefined();
  expect(performance.now() - startedAt).toBeLessThan(5_000);
});
