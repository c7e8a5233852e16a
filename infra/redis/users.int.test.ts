import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { eventually, type RedisServer, startRedisServer } from '@contact-sync/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { redisVersions } from '../local/artifacts/redis-versions.ts';
import { REDIS_USERS, redisUsers } from '../local/redis-users.ts';
import { askRedis } from '../local/servers/redis-answer.ts';
import type { ServiceName } from '../local/service-plan.ts';

const SHIPPED = fileURLToPath(new URL('./users.acl', import.meta.url));

/** Whose keys are whose (design section 1), written out here so that a slip in the shipped file cannot hide. */
const NAMESPACES: Readonly<Record<ServiceName, readonly string[]>> = {
  'gateway-api': ['ratelimit:gateway:'],
  'auth-service': ['auth:'],
  'contact-service': ['acme:', 'integration:'],
  'webhook-ingest': ['ingest:', 'ratelimit:ingest:'],
  'event-worker': ['worker:', 'ratelimit:acme:'],
  'webhook-simulator': ['simulator:'],
};
const SERVICES = Object.keys(NAMESPACES) as ServiceName[];

/** What would show, stop or destroy a server that others use too. */
const FORBIDDEN = [
  ...[
    'CONFIG GET *',
    'CONFIG SET appendonly no',
    'KEYS *',
    'FLUSHALL',
    'FLUSHDB',
    'DEBUG SLEEP 0',
    'SHUTDOWN NOSAVE',
  ],
  ...['ACL LIST', 'ACL SETUSER me on', 'MONITOR', 'REPLICAOF NO ONE', 'SAVE', 'BGREWRITEAOF', 'SWAPDB 0 1'],
  ...['CLIENT KILL TYPE normal', 'CLIENT LIST', 'SLOWLOG GET', 'MODULE LIST', 'RANDOMKEY', 'DBSIZE'],
  'PUBLISH __redis__:invalidate x',
];

const keyOf = (namespace: string) => `${namespace}{0}:of-a-test`;

/** Each way to a key: read, write, remove, in a transaction, in a script, out of one's own namespace. */
const waysTo = (key: string, own: string) => [
  ...[
    `GET ${key}`,
    `SET ${key} 1`,
    `DEL ${key}`,
    `EXPIRE ${key} 1`,
    `RENAME ${own} ${key}`,
    `COPY ${key} ${own}`,
  ],
  `EVAL "return redis.call('GET',KEYS[1])" 1 ${key}`,
];

const versions = await redisVersions();

describe.each(versions)('on Redis $name', ({ executable, missing, name }) => {
  if (executable === undefined) {
    test.skip(`not run on Redis ${name}: ${missing}`);
    return;
  }
  let server: RedisServer;
  let settings: Record<string, string>;

  beforeAll(async () => {
    server = await startRedisServer({ executable });
    const file = join(server.folder, 'users.acl');
    const passwords = Object.fromEntries(REDIS_USERS.map((user) => [user, `password-of-${user}`]));
    await writeFile(file, redisUsers(passwords as Parameters<typeof redisUsers>[0]));
    // Redis 7 refuses DEBUG to everybody by default, and it is the user who is to be refused.
    settings = { aclfile: file, ...(name === '7' && { 'enable-debug-command': 'local' }) };
    await startAnew();
  });
  afterAll(() => server?.stop());

  /** Killed and started on its data. To who has not logged in a server that still loads says NOAUTH, so a user asks. */
  const startAnew = async (aclfile = settings['aclfile'] ?? '') => {
    await server.kill('SIGKILL');
    await server.start({ settings: { ...settings, aclfile } });
    await eventually(async () => expect(await ask('probe', 'PING')).toContain('+PONG'));
  };

  const ask = (user: string, command: string) =>
    askRedis(server.url, `AUTH ${user} password-of-${user}\r\n${command}`);

  /** What a user is answered to each command, without the login and the good-bye. */
  const answers = async (
    user: string,
    commands: readonly string[],
  ): Promise<(readonly [string, string])[]> => {
    const lines = (await ask(user, commands.join('\r\n'))).trim().split('\r\n').slice(1, -1);
    expect(lines).toHaveLength(commands.length);
    return commands.map((command, index) => [command, lines[index]?.split(' ')[0] ?? ''] as const);
  };

  test.each(SERVICES)('%s reads and writes its own keys', async (user) => {
    for (const namespace of NAMESPACES[user]) {
      const key = keyOf(namespace);
      expect(await answers(user, [`SET ${key} 1`, `DEL ${key}`])).toEqual([
        [`SET ${key} 1`, '+OK'],
        [`DEL ${key}`, ':1'],
      ]);
    }
    expect(await ask(user, 'INFO persistence')).toContain('aof_enabled:1');
  });

  test('contact-service hears of changes to its keys, and who may serve asks whether a server is still the primary', async () => {
    const id = /:(\d+)/.exec(await ask('contact-service', 'CLIENT ID'))?.[1];
    const prefix = 'BCAST PREFIX integration:';
    for (const command of [
      `CLIENT TRACKING ON ${prefix}`,
      'CLIENT TRACKINGINFO',
      'SUBSCRIBE __redis__:invalidate',
    ])
      expect(await ask('contact-service', command), command).not.toMatch(/^-NOPERM/m);
    expect(Number(id)).toBeGreaterThan(0);
    for (const user of SERVICES) expect(await ask(user, 'ROLE'), user).toContain('master');
  });

  test.each(SERVICES)('%s reads and writes no key of another service, by whatever way', async (user) => {
    const own = keyOf(NAMESPACES[user][0] ?? '');
    const others = SERVICES.filter((name) => name !== user).flatMap((name) => NAMESPACES[name]);
    const tried = [...others, 'nobody:'].flatMap((namespace) => waysTo(keyOf(namespace), own));
    const answered = await answers(user, tried);
    // A script is refused from within, which Redis 6 tells by an error of its own around it.
    const refused = ([command, answer]: readonly [string, string]) =>
      answer === '-NOPERM' || (command.startsWith('EVAL') && answer === '-ERR');
    expect(answered.filter((each) => !refused(each))).toEqual([]);
  });

  test.each(SERVICES)('%s is refused what would show, stop or destroy the server', async (user) => {
    expect(await answers(user, FORBIDDEN)).toEqual(FORBIDDEN.map((command) => [command, '-NOPERM']));
  });

  test('only those who walk their own keys may walk at all, for a walk shows the names of all', async () => {
    for (const user of SERVICES) {
      const mayWalk = user === 'contact-service' || user === 'event-worker';
      expect(await ask(user, 'SCAN 0'), user).toMatch(mayWalk ? /^\+OK\r\n\*2/ : /^\+OK\r\n-NOPERM/);
    }
  });

  test('who does not log in gets nothing, and a probe may ask whether the server is there', async () => {
    expect(await askRedis(server.url, 'GET auth:users')).toMatch(/^-NOAUTH/);
    expect(await askRedis(server.url, 'AUTH default any')).toMatch(/^-WRONGPASS/);
    expect(await ask('probe', 'PING')).toBe('+OK\r\n+PONG\r\n+OK\r\n');
    expect(await ask('probe', 'GET auth:users')).toMatch(/-NOPERM/);
    for (const user of ['replica', 'sentinel']) expect(await ask(user, 'GET auth:users')).toMatch(/-NOPERM/);
  });

  test('the file is read as it is shipped, and lets nobody in until passwords are set', async () => {
    await startAnew(SHIPPED);
    for (const user of REDIS_USERS) expect(await ask(user, 'PING')).toMatch(/^-WRONGPASS/);
    await startAnew();
  });

  test('what was written by a transaction is there after a restart', async () => {
    const key = 'integration:{0}:contact:kept';
    const transaction = ['MULTI', `SET ${key} 1`, `EXPIRE ${key} 600`, 'EXEC'].join('\r\n');
    expect(await ask('contact-service', transaction)).toContain('*2\r\n+OK\r\n:1');
    await startAnew();
    expect(await ask('contact-service', `GET ${key}`)).toContain('$1\r\n1\r\n');
  });
});
