import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parse } from 'yaml';
import { REPOSITORY } from '../local/repository.ts';
import { SERVICE_NAMES } from '../local/service-names.ts';

const MOUNT = '/run/secrets/';

type Service = { environment?: Record<string, string>; volumes?: string[] };

const { services } = parse(readFileSync(join(REPOSITORY, 'docker-compose.yml'), 'utf8'), { merge: true }) as {
  services: Record<string, Service>;
};
let folder: string;
let repository: string;
const create = () =>
  execFileSync(process.execPath, [join(repository, 'infra/docker/create-secrets.ts'), folder]);

// What the container has of the repository, by docker-compose.yml: no package, ours or other, is there.
const MOUNTED = ['package.json', 'infra'];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'contact-sync-secrets-'));
  repository = await mkdtemp(join(tmpdir(), 'contact-sync-repository-'));
  for (const path of MOUNTED) await cp(join(REPOSITORY, path), join(repository, path), { recursive: true });
  create();
});
afterAll(async () => {
  for (const made of [folder, repository]) await rm(made, { recursive: true });
});

test('runs on what docker-compose.yml mounts of the repository', () => {
  const mounts = (services['secrets']?.volumes ?? []).filter((volume) => volume.startsWith('./'));
  expect(mounts).toEqual(MOUNTED.map((path) => `./${path}:/repository/${path}:ro`));
});

test.each(SERVICE_NAMES)('makes every file that docker-compose.yml names for %s, and no other', (name) => {
  const named = Object.values(services[name]?.environment ?? {}).filter((value) => value.startsWith(MOUNT));
  expect(named.map((path) => path.slice(MOUNT.length)).sort()).toEqual(
    readdirSync(join(folder, name)).sort(),
  );
});

test.each(SERVICE_NAMES)(
  'docker-compose.yml shows %s its own secrets alone, and cannot be changed by it',
  (name) => {
    expect(services[name]?.volumes).toEqual([`${name}-secrets:${MOUNT.slice(0, -1)}:ro`]);
    expect(services['secrets']?.volumes).toContain(`${name}-secrets:/run/contact-sync/${name}`);
  },
);

test('nobody but the owner reads a secret, and only the job sees the store of all', () => {
  for (const name of [...SERVICE_NAMES, 'redis', 'store'])
    for (const file of readdirSync(join(folder, name)))
      expect(statSync(join(folder, name, file)).mode & 0o077, `${name}/${file}`).toBe(0);
  const withStore = Object.entries(services).filter(([, { volumes = [] }]) =>
    volumes.some((volume) => volume.startsWith('secrets:')),
  );
  expect(withStore.map(([name]) => name)).toEqual(['secrets']);
});

test('the users of Redis are told by hashes, no password among them', () => {
  const users = readFileSync(join(folder, 'redis/users.acl'), 'utf8');
  const url = new URL(readFileSync(join(folder, 'auth-service/redis-url'), 'utf8'));
  expect(users).toContain(`user ${url.username} on #`);
  expect(users).not.toContain(url.password);
});

test('the default user of Redis cannot log in and keeps its rights, by which the append-only file is read', () => {
  const users = readFileSync(join(folder, 'redis/users.acl'), 'utf8').split('\n');
  expect(users.filter((line) => line.startsWith('user default '))).toEqual(['user default off ~* &* +@all']);
});

test('keeps the secrets that it once made, and adds what a later release needs', () => {
  const files = ['auth-service/admin-password', 'gateway-api/redis-url', 'gateway-api/client-secret'];
  const read = () => files.map((file) => readFileSync(join(folder, file), 'utf8'));
  const first = read();
  execFileSync('rm', ['-r', join(folder, 'event-worker')]);
  create();
  expect(read()).toEqual(first);
  expect(existsSync(join(folder, 'event-worker/redis-url'))).toBe(true);
});
