import {
  createTcpProxy,
  eventually,
  type RedisServer,
  type RedisServerOptions,
  redisServerExecutable,
  startRedisServer,
  type TcpProxy,
} from '@contact-sync/testing';
import { describe, expect, onTestFinished, test } from 'vitest';
import { checkServer, defineScript, type RedisConnection } from '../src/index.ts';
import { openConnection, openReady } from './connections.ts';

const append = defineScript({
  name: 'append',
  lua: "return redis.call('RPUSH', KEYS[1], ARGV[1])",
  keys: 1,
  reply: Number,
});

const unavailable = { code: 'DEPENDENCY_UNAVAILABLE', retryable: true };

const ownServer = async (options?: RedisServerOptions): Promise<RedisServer> => {
  const server = await startRedisServer(options);
  onTestFinished(() => server.stop());
  return server;
};

const proxyTo = async (server: RedisServer): Promise<TcpProxy> => {
  const proxy = await createTcpProxy({ target: { host: '127.0.0.1', port: server.port } });
  onTestFinished(() => proxy.close());
  return proxy;
};

const infoNumber = async (redis: RedisConnection, name: string): Promise<number> =>
  Number(new RegExp(`^${name}:(\\d+)`, 'm').exec(await redis.client.info())?.[1]);

describe.skipIf(redisServerExecutable() === undefined)('a server of our own', () => {
  test('that is away at start is waited for without a throw, and each command fails at once', async () => {
    const server = await ownServer();
    await server.kill('SIGKILL');
    const { redis, lines } = openConnection(server.url);
    redis.connect();
    expect(await redis.waitUntilReady(200)).toBe(false);
    const started = performance.now();
    await expect(redis.ping()).rejects.toMatchObject(unavailable);
    // Less than the deadline of a command that had been sent.
    expect(performance.now() - started).toBeLessThan(1_500);
    expect(await checkServer(redis, { noEviction: true, appendOnly: true })).toEqual([
      expect.stringContaining('Redis does not answer'),
    ]);

    await server.start();
    expect(await redis.waitUntilReady(5_000)).toBe(true);
    await redis.ping();
    expect(lines.filter(({ level }) => level === 'warn')).toHaveLength(1);
    expect(lines.at(-1)).toMatchObject({ level: 'info', message: 'redis connection ready' });
  });

  test('that is gone again while the client comes back to it, rejects nothing that nobody handles', async () => {
    const server = await ownServer();
    const { redis } = await openReady(server.url);
    const { client } = redis;
    await client.subscribe('channel');
    const unhandled: unknown[] = [];
    const note = (reason: unknown) => unhandled.push(reason);
    process.on('unhandledRejection', note);
    onTestFinished(() => void process.off('unhandledRejection', note));
    // The answer to the client's question whether the server is ready still arrives, and nothing can be sent any more.
    const { promise: cut, resolve } = Promise.withResolvers<void>();
    const ask = client.info.bind(client);
    client.info = ((...parameters: Parameters<typeof ask>) => {
      client.info = ask;
      const answer = ask(...parameters);
      (client as unknown as { stream: { end(): void } }).stream.end();
      client.once('close', () => resolve());
      return answer;
    }) as typeof ask;
    client.disconnect(true);
    await cut;
    expect(await redis.waitUntilReady(5_000)).toBe(true);
    await redis.ping();
    expect(unhandled).toEqual([]);
    // Who wants to hear a channel again says so: what it missed is its own to make good.
    expect(await client.pubsub('NUMSUB', 'channel')).toEqual(['channel', 0]);
  });

  test('that crashes and comes back keeps its data, and its forgotten scripts are not visible', async () => {
    const server = await ownServer({ settings: { appendfsync: 'always' } });
    const { redis } = await openReady(server.url);
    await redis.run(append, { keys: ['k'], args: ['before'] });
    await server.kill('SIGKILL');
    await eventually(() =>
      expect(redis.run(append, { keys: ['k'], args: ['x'] })).rejects.toMatchObject(unavailable),
    );
    await server.start();
    await redis.waitUntilReady(5_000);
    expect(await redis.run(append, { keys: ['k'], args: ['after'] })).toBe(2);

    await redis.client.script('FLUSH');
    const calls = ['a', 'b', 'c'].map((value) => ({ keys: ['k'], args: [value] }));
    expect((await redis.runMany(append, calls)).every(({ ok }) => ok)).toBe(true);
    expect(await redis.client.lrange('k', 0, -1)).toEqual(['before', 'after', 'a', 'b', 'c']);
  });

  test('that freezes costs each command its deadline only, and serves again when it thaws', async () => {
    const server = await ownServer();
    const { redis } = await openReady(server.url, { commandTimeoutMs: 200 });
    await server.kill('SIGSTOP');
    const started = performance.now();
    await expect(redis.ping()).rejects.toMatchObject(unavailable);
    expect(performance.now() - started).toBeLessThan(1_000);
    await server.kill('SIGCONT');
    await eventually(() => redis.ping());
  });

  test('behind a network that went silent is reached by a new connection', async () => {
    const server = await ownServer();
    const proxy = await proxyTo(server);
    const { redis } = await openReady(proxy.url('redis'), { commandTimeoutMs: 100 });
    proxy.setBehaviour({ kind: 'black-hole' });
    await expect(redis.ping()).rejects.toMatchObject(unavailable);
    await eventually(() => expect(redis.isReady()).toBe(false));
    proxy.setBehaviour({ kind: 'pass' });
    await eventually(() => redis.ping());
  });

  test('whose reply is lost ran the command once, and the caller is told that it is unknown', async () => {
    const server = await ownServer();
    const proxy = await proxyTo(server);
    const { redis } = await openReady(proxy.url('redis'));
    await redis.run(append, { keys: ['k'], args: ['known'] });
    proxy.setBehaviour({ kind: 'cut-before-reply' });
    await expect(redis.run(append, { keys: ['k'], args: ['v'] })).rejects.toMatchObject(unavailable);
    proxy.setBehaviour({ kind: 'pass' });
    await eventually(() => redis.ping());
    expect(await redis.client.llen('k')).toBe(2);
  });

  test('whose reply is lost gets the command again only where that was asked for', async () => {
    const server = await ownServer();
    const proxy = await proxyTo(server);
    const { redis } = await openReady(proxy.url('redis'), { resendUnanswered: true });
    proxy.setBehaviour({ kind: 'cut-before-reply' });
    const reply = redis.use((client) => client.incr('n'));
    await eventually(() => expect(redis.isReady()).toBe(false));
    proxy.setBehaviour({ kind: 'pass' });
    expect(await reply).toBe(2);
  });

  test('that became a replica takes writes again soon after its promotion, without a storm', async () => {
    const server = await ownServer();
    const { redis } = await openReady(server.url);
    const observer = await openReady(server.url);
    await observer.redis.client.replicaof('127.0.0.1', '1');
    expect(await checkServer(observer.redis, { noEviction: true, appendOnly: true })).toEqual([
      'Redis is a replica and takes no writes.',
    ]);
    const before = await infoNumber(observer.redis, 'total_connections_received');
    const write = () => redis.run(append, { keys: ['k'], args: ['v'] });
    const until = performance.now() + 2_000;
    while (performance.now() < until) {
      await expect(write()).rejects.toMatchObject(unavailable);
      await new Promise(setImmediate);
    }
    expect((await infoNumber(observer.redis, 'total_connections_received')) - before).toBeLessThan(20);

    await observer.redis.client.replicaof('NO', 'ONE');
    await eventually(write, { timeoutMs: 10_000 });
  });

  test('that was demoted is left for the new primary behind the same address', async () => {
    const [demoted, promoted] = await Promise.all([ownServer(), ownServer()]);
    const proxy = await proxyTo(demoted);
    const { redis } = await openReady(proxy.url('redis'));
    const observer = await openReady(demoted.url);
    await observer.redis.client.replicaof('127.0.0.1', String(promoted.port));
    proxy.setTarget({ host: '127.0.0.1', port: promoted.port });
    await eventually(() => redis.use((client) => client.set('k', 'v')), { timeoutMs: 10_000 });
    expect(await infoNumber(redis, 'tcp_port')).toBe(promoted.port);
  });

  test('that was demoted is left by a connection that only reads, where that was asked for', async () => {
    const [demoted, promoted] = await Promise.all([ownServer(), ownServer()]);
    const proxy = await proxyTo(demoted);
    const { redis } = await openReady(proxy.url('redis'), { leavesReplicas: true });
    const staying = await openReady(proxy.url('redis'));
    proxy.setTarget({ host: '127.0.0.1', port: promoted.port });
    await staying.redis.client.replicaof('127.0.0.1', '1');
    await eventually(async () => expect(await infoNumber(redis, 'tcp_port')).toBe(promoted.port));
    expect(await infoNumber(staying.redis, 'tcp_port')).toBe(demoted.port);
  });

  test('that is full refuses writes with a code of their own, still reads, and heals by itself', async () => {
    const server = await ownServer();
    const { redis } = await openReady(server.url);
    await redis.use((client) => client.set('k', 'v'));
    await redis.client.config('SET', 'maxmemory', '1');
    const full = { code: 'STORAGE_FULL', retryable: true };
    await expect(redis.use((client) => client.set('k', 'w'))).rejects.toMatchObject(full);
    await expect(redis.run(append, { keys: ['l'], args: ['v'] })).rejects.toMatchObject(full);
    await expect(redis.use((client) => client.multi().set('k', 'w').exec())).rejects.toMatchObject(full);
    await expect(redis.pipeline((pipeline) => pipeline.get('k').set('k', 'w'))).rejects.toMatchObject(full);
    const [outcome] = await redis.runMany(append, [{ keys: ['l'], args: ['v'] }]);
    expect(outcome).toMatchObject({ ok: false, error: full });
    expect(await redis.client.get('k')).toBe('v');

    await redis.client.config('SET', 'maxmemory', '0');
    await redis.use((client) => client.set('k', 'w'));
  });

  test('that loads its data is asked on one connection until it is done', async () => {
    const server = await ownServer({ settings: { 'aof-use-rdb-preamble': 'no' } });
    const filling = await openReady(server.url);
    // In portions, each of which is answered within the deadline of a command on a slow machine too.
    for (let from = 0; from < 5_000; from += 500) {
      await filling.redis.pipeline((pipeline) => {
        for (let index = from; index < from + 500; index += 1) pipeline.set(`k${index}`, 'v');
      });
    }
    await filling.redis.close();
    await server.kill('SIGTERM');
    await server.start({ settings: { 'aof-use-rdb-preamble': 'no', 'key-load-delay': '300' }, ready: false });

    const { redis } = openConnection(server.url);
    redis.connect();
    await eventually(() => expect(redis.client.status).toBe('connect'));
    await expect(redis.ping()).rejects.toMatchObject(unavailable);
    expect(await redis.waitUntilReady(20_000)).toBe(true);
    expect(await redis.client.dbsize()).toBe(5_000);
    expect(await infoNumber(redis, 'total_connections_received')).toBeLessThanOrEqual(2);
  });

  test.each([
    [{ appendonly: 'no' }, 'Redis keeps no append-only file; set "appendonly yes".'],
    [
      { 'maxmemory-policy': 'allkeys-lru' },
      'Redis may evict data (maxmemory-policy allkeys-lru); set "maxmemory-policy noeviction".',
    ],
  ])('started with %j is not fit, with the reason', async (settings, reason) => {
    const server = await ownServer({ settings });
    const { redis } = await openReady(server.url);
    expect(await checkServer(redis, { noEviction: true, appendOnly: true })).toEqual([reason]);
    expect(await checkServer(redis, { noEviction: false, appendOnly: false })).toEqual([]);
  });

  test('that asks for a password is not ready until it gets the right one, and no log shows it', async () => {
    const server = await ownServer({ settings: { requirepass: 'canary-password' } });
    const wrong = openConnection(`redis://:canary-wrong@127.0.0.1:${server.port}`);
    wrong.redis.connect();
    await eventually(() => expect(wrong.lines).not.toEqual([]));
    expect(wrong.redis.isReady()).toBe(false);
    const right = await openReady(`redis://:canary-password@127.0.0.1:${server.port}`);
    await right.redis.ping();
    expect(JSON.stringify([...wrong.lines, ...right.lines])).not.toContain('canary');
  });

  test('gets the commands in flight answered before the connection closes, duplicates too', async () => {
    const server = await ownServer();
    const { redis } = await openReady(server.url);
    const child = redis.duplicate({ clientName: 'blocking', commandTimeoutMs: 0 });
    child.connect();
    await child.waitUntilReady(5_000);
    const blocked = child.use((client) => client.blpop('never', 0));
    const inFlight = redis.run(append, { keys: ['k'], args: ['v'] });
    await Promise.all([redis.close(), expect(blocked).rejects.toMatchObject(unavailable)]);
    expect(await inFlight).toBe(1);
    await expect(redis.ping()).rejects.toMatchObject(unavailable);
    await eventually(() => expect([redis.client.status, child.client.status]).toEqual(['end', 'end']));
  });
});
