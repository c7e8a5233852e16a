import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parse } from 'yaml';
import { REPOSITORY } from '../local/repository.ts';

const SCRIPT = fileURLToPath(new URL('./create-secrets.ts', import.meta.url));
const MOUNT = '/run/contact-sync';
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'contact-sync-secrets-'));
  execFileSync(process.execPath, [SCRIPT, folder]);
});
afterAll(async () => {
  chmodSync(join(folder, 'secrets'), 0o700);
  await rm(folder, { recursive: true });
});

test('makes every file that docker-compose.yml names', () => {
  const compose = parse(readFileSync(join(REPOSITORY, 'docker-compose.yml'), 'utf8'), { merge: true });
  const services = Object.values(compose.services) as { environment?: Record<string, string> }[];
  const files = services
    .flatMap(({ environment = {} }) => Object.values(environment))
    .filter((value) => value.startsWith(`${MOUNT}/`));
  expect(files.length).toBeGreaterThan(8);
  expect(files.filter((file) => !existsSync(file.replace(MOUNT, folder)))).toEqual([]);
});

test('keeps the secrets that it once made', () => {
  const password = join(folder, 'secrets/admin-password');
  const first = readFileSync(password, 'utf8');
  execFileSync(process.execPath, [SCRIPT, folder]);
  expect(readFileSync(password, 'utf8')).toBe(first);
});
