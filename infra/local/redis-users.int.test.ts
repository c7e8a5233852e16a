import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { startRedisServer } from '@contact-sync/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { REDIS_USERS, redisUsers } from './redis-users.ts';
import { askRedis } from './servers/redis-answer.ts';

let server: Awaited<ReturnType<typeof startRedisServer>>;

beforeAll(async () => {
  server = await startRedisServer();
  const file = join(server.folder, 'users.acl');
  const passwords = Object.fromEntries(REDIS_USERS.map((user) => [user, `password-of-${user}`]));
  await writeFile(file, redisUsers(passwords as Parameters<typeof redisUsers>[0]));
  await server.kill('SIGKILL');
  await server.start({ settings: { aclfile: file } });
});
afterAll(() => server.stop());

const ask = (user: string, command: string) =>
  askRedis(server.url, `AUTH ${user} password-of-${user}\r\n${command}`);

test('a service reads and writes its own keys', async () => {
  expect(await ask('gateway-api', 'SET ratelimit:gateway:a 1')).toBe('+OK\r\n+OK\r\n+OK\r\n');
  expect(await ask('contact-service', 'SET integration:{0}:contact:a 1')).toBe('+OK\r\n+OK\r\n+OK\r\n');
  expect(await ask('contact-service', 'INFO persistence')).toContain('aof_enabled:1');
});

test.each([
  ['gateway-api', 'GET integration:{0}:contact:a'],
  ['contact-service', 'GET auth:users'],
  ['event-worker', 'GET acme:{0}:mirror:a'],
  ['webhook-simulator', 'FLUSHALL'],
  ['auth-service', 'CONFIG GET *'],
  ['webhook-ingest', 'ACL LIST'],
])('%s is refused %s', async (user, command) => {
  expect(await ask(user, command)).toMatch(/^\+OK\r\n-NOPERM/);
});

test('who does not log in may ask whether the server is there, and nothing else', async () => {
  expect(await askRedis(server.url, 'PING')).toContain('+PONG');
  expect(await askRedis(server.url, 'GET auth:users')).toMatch(/^-NOPERM/);
});
