import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { startRedisServer } from '@contact-sync/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { REDIS_USERS, redisUsers } from '../local/redis-users.ts';
import { askRedis } from '../local/servers/redis-answer.ts';

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

test('who does not log in gets nothing, and a probe may ask whether the server is there', async () => {
  expect(await askRedis(server.url, 'GET auth:users')).toMatch(/^-NOAUTH/);
  expect(await askRedis(server.url, 'AUTH default any')).toMatch(/^-WRONGPASS/);
  expect(await ask('probe', 'PING')).toBe('+OK\r\n+PONG\r\n+OK\r\n');
  expect(await ask('probe', 'GET auth:users')).toMatch(/-NOPERM/);
});

test('what was written by a transaction is there after a restart', async () => {
  const key = 'integration:{0}:contact:kept';
  const transaction = ['MULTI', `SET ${key} 1`, `EXPIRE ${key} 600`, 'EXEC'].join('\r\n');
  expect(await ask('contact-service', transaction)).toContain('*2\r\n+OK\r\n:1');
  await server.kill('SIGKILL');
  await server.start({ settings: { aclfile: join(server.folder, 'users.acl') } });
  expect(await ask('contact-service', `GET ${key}`)).toContain('$1\r\n1\r\n');
});
