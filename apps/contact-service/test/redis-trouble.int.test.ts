import { setTimeout as pause } from 'node:timers/promises';
import { askRedis } from '@contact-sync/launcher/servers/redis-answer.ts';
import { eventually, redisServerExecutable, uniquePrefix } from '@contact-sync/testing';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { sweepRound } from '../src/use-cases/sweep-tombstones.ts';
import { updated } from './event-builder.ts';
import { type Answer, person, type Service } from './support/service.ts';
import { type System, startSystem } from './support/system.ts';

const canRun = redisServerExecutable() !== undefined;

describe.skipIf(!canRun)('Redis in trouble', () => {
  let system: System;
  let service: Service;
  beforeAll(async () => {
    // As shipped: one that is killed has what it answered.
    system = await startSystem({ settings: { appendfsync: 'always' } });
    service = await system.start();
  });
  afterAll(() => system?.[Symbol.asyncDispose]());

  /** Also soon after a trouble, when it may fail once more. */
  const create = () => eventually(() => service.create());

  /** Keys that nothing but an eviction would take away: the relay's lease and stored answers end by themselves. */
  const lastingKeys = async (): Promise<number> => {
    const text = await system.redis.use((client) => client.info('keyspace'));
    const [, keys, expires] = /keys=(\d+),expires=(\d+)/.exec(text) ?? [];
    return Number(keys) - Number(expires);
  };

  /** One of each kind of route, reads past the near cache. */
  const askAll = (id: string): Promise<Answer[]> =>
    Promise.all([
      service.request('GET', `/${id}`, { headers: { 'cache-control': 'no-cache' } }),
      service.request('GET', ''),
      service.request('GET', `/${id}/history`),
      service.request('GET', `/${id}/acme`),
      service.request('POST', '', { body: person, headers: { 'idempotency-key': uniquePrefix() } }),
      service.retitle(id, 'unavailable'),
      service.request('DELETE', `/${id}`, { headers: { 'if-match': '*' } }),
      service.request('POST', `/${id}/restore`),
      service.apply(updated({ id: uniquePrefix(), acme_version: 1 })),
    ]);

  const heal = async () => {
    system.proxy.setBehaviour({ kind: 'pass' });
    await system.server.kill('SIGCONT').catch(() => system.server.start());
  };
  afterEach(heal);

  /** Reads until an answer comes from memory. */
  const warm = (id: string) =>
    eventually(async () => {
      const before = await hits();
      await service.request('GET', `/${id}`);
      expect(await hits()).toBeGreaterThan(before);
    });
  const hits = () => service.metric('near_cache_age_seconds_count');

  describe.each<[string, () => Promise<void> | void]>([
    ['killed', () => system.server.kill('SIGKILL')],
    ['frozen', () => system.server.kill('SIGSTOP')],
    ['behind a silent network', () => system.proxy.setBehaviour({ kind: 'black-hole' })],
    [
      'refusing connections',
      () => {
        system.proxy.setBehaviour({ kind: 'refuse' });
        system.proxy.cutAll();
      },
    ],
  ])('%s', (_, hurt) => {
    it('answers 503 with Retry-After within 2 s on every route, and works again by itself', async () => {
      const id = await create();
      await hurt();
      const answers = await askAll(id);
      expect(answers.map(({ status, body }) => [status, body?.['code']])).toEqual(
        answers.map(() => [503, 'DEPENDENCY_UNAVAILABLE']),
      );
      expect(answers.every(({ headers }) => Number(headers['retry-after']) >= 1)).toBe(true);
      expect(Math.max(...answers.map(({ ms }) => ms))).toBeLessThan(2_000);
      expect((await fetch(`${service.opsUrl}/livez`)).status).toBe(200);

      await heal();
      await eventually(async () => expect((await service.retitle(id, 'back')).status).toBe(200), {
        timeoutMs: 15_000,
      });
      await warm(id);
      expect((await service.request('GET', `/${id}`)).body).toMatchObject({ title: 'back' });
    });

    it('serves what the near cache holds for a second at most', async () => {
      const id = await create();
      await warm(id);
      const hurtAt = performance.now();
      await hurt();
      await pause(1_000 - (performance.now() - hurtAt));
      // Later than the bound, whatever the machine does.
      const answer = await service.request('GET', `/${id}`);
      expect([answer.status, answer.body?.['code']]).toEqual([503, 'DEPENDENCY_UNAVAILABLE']);
    });
  });

  it('loads its data: 503 until it is done, on the connections there are', async () => {
    const id = await create();
    await system.redis.pipeline((pipeline) => {
      for (let index = 0; index < 12_000; index += 1) pipeline.set(`filling:${index}`, 'v');
    });
    await system.server.kill('SIGKILL');
    await system.server.start({
      // For six seconds, so that a slow machine sees it too; Redis takes no other setting meanwhile.
      settings: { 'key-load-delay': '500' },
      ready: false,
    });
    const isLoading = async () => expect(await askRedis(system.server.url, 'PING')).toContain('LOADING');
    await eventually(isLoading);
    const answers = await askAll(id);
    await isLoading();
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([503]));
    await service.ready();
    expect((await service.retitle(id, 'loaded')).status).toBe(200);
    const stats = await system.redis.use((client) => client.info('stats'));
    // Four of the service, and this test's own; each may have come twice.
    expect(Number(/total_connections_received:(\d+)/.exec(stats)?.[1])).toBeLessThan(15);
  });

  it('is full: writes are 503 STORAGE_FULL, reads work, nothing is evicted, and it heals by itself', async () => {
    const [id, doomed] = [await create(), await create()];
    const event = updated({ id: uniquePrefix(), acme_version: 1 });
    const tombstone = await create();
    await service.request('DELETE', `/${tombstone}`, { headers: { 'if-match': '*' } });
    const known = uniquePrefix();
    await service.apply(updated({ id: known, acme_version: 2 }));
    // Comes to nothing but a note in the mirror.
    const again = updated({ id: known, acme_version: 1 });
    const ask = { body: person, headers: { 'idempotency-key': uniquePrefix() } };
    const keysBefore = await lastingKeys();
    await system.redis.use((client) => client.config('SET', 'maxmemory', '1'));
    const writes = await Promise.all([
      service.request('POST', '', ask),
      service.retitle(id, 'full'),
      service.request('DELETE', `/${doomed}`, { headers: { 'if-match': '*' } }),
      service.apply(event),
      service.apply(again),
    ]);
    expect(writes.map(({ status, body }) => [status, body?.['code']])).toEqual(
      writes.map(() => [503, 'STORAGE_FULL']),
    );
    expect(writes.every(({ headers }) => Number(headers['retry-after']) >= 1)).toBe(true);
    const reads = await Promise.all([
      service.request('GET', `/${id}`, { headers: { 'cache-control': 'no-cache' } }),
      service.request('GET', ''),
      service.request('GET', `/${id}/history`),
    ]);
    expect(reads.map(({ status }) => status)).toEqual([200, 200, 200]);
    const stats = await system.redis.use((client) => client.info('stats'));
    expect(stats).toContain('evicted_keys:0');
    expect(await lastingKeys()).toBe(keysBefore);
    // Sweeping makes room, so it is not refused.
    await sweepRound({ store: system.store, now: () => new Date().toISOString() }, 0);
    expect(await system.store.contact(tombstone)).toMatchObject({ stub: true, version: 2 });

    await system.redis.use((client) => client.config('SET', 'maxmemory', '0'));
    expect((await service.request('POST', '', ask)).status).toBe(201);
    expect((await service.retitle(id, 'roomy')).body).toMatchObject({ title: 'roomy', version: 2 });
    expect((await service.apply(event, again)).body?.['results']).toMatchObject([
      { fate: 'applied', version: 1 },
      { fate: 'superseded' },
    ]);
  });
});
