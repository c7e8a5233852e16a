import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { engineAnswers } from './docker-engine.ts';

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
  expect(await engineAnswers({ DOCKER_HOST: await listening('engine', true) })).toBe(true);
});

test('does not wait for an engine that hangs or is not there', async () => {
  const startedAt = performance.now();
  expect(await engineAnswers({ DOCKER_HOST: await listening('hanging', false) })).toBe(false);
  expect(await engineAnswers({ DOCKER_HOST: `unix://${folder}/missing` })).toBe(false);
  expect(await engineAnswers({ DOCKER_HOST: 'tcp://127.0.0.1:1' })).toBe(false);
  expect(performance.now() - startedAt).toBeLessThan(5_000);
});
