import { openRedis } from '@contact-sync/redis';
import {
  eventually,
  type RedisServer,
  redisServerExecutable,
  startRedisServer,
  uniquePrefix,
} from '@contact-sync/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { updated } from './event-builder.ts';
import { person, type Service } from './support/service.ts';
import { type System, startSystem } from './support/system.ts';

// reliability 16
const promotion = { timeoutMs: 10_000 };

describe.skipIf(redisServerExecutable() === undefined)('Redis that changes its role', () => {
  let system: System;
  let service: Service;
  beforeEach(async () => {
    system = await startSystem();
    service = await system.start();
  });
  afterEach(() => system?.[Symbol.asyncDispose]());

  const demote = (port: number) => system.redis.use((client) => client.replicaof('127.0.0.1', String(port)));

  it('refuses writes with 503 while it is a replica, still reads, and writes again within 10 s of its promotion', async () => {
    const id = await service.create();
    await demote(1);
    const writes = await Promise.all([
      service.retitle(id, 'replica'),
      service.request('POST', '', { body: person }),
      service.apply(updated({ id: uniquePrefix(), acme_version: 1 })),
    ]);
    expect(writes.map(({ status, body }) => [status, body?.['code']])).toEqual(
      writes.map(() => [503, 'DEPENDENCY_UNAVAILABLE']),
    );
    await eventually(async () => expect(await service.reasons()).toContain('replica'));
    await eventually(async () => expect((await service.request('GET', `/${id}`)).status).toBe(200));

    await system.redis.use((client) => client.replicaof('NO', 'ONE'));
    await eventually(async () => expect((await service.retitle(id, 'primary')).status).toBe(200), promotion);
    await service.ready();
  });

  describe('for another', () => {
    let promoted: RedisServer;
    beforeEach(async () => {
      promoted = await startRedisServer();
    });
    afterEach(() => promoted?.stop());

    it('loses nothing that was answered, writes to the new primary within 10 s and serves no stale copy of it', async () => {
      const other = await system.start();
      const id = await service.create();
      const successor = await openRedis(promoted.url);
      await successor.use((client) => client.replicaof('127.0.0.1', String(system.server.port)));
      await eventually(async () =>
        expect(await successor.use((client) => client.info('replication'))).toContain(
          'master_link_status:up',
        ),
      );
      await service.retitle(id, 'before');
      await system.redis.use((client) => client.wait(1, 5_000));
      for (const copy of [service, other]) await copy.request('GET', `/${id}`);

      // As an operator's fail-over does it: the new one first, then the address, then the old one.
      await successor.use((client) => client.replicaof('NO', 'ONE'));
      system.proxy.setTarget({ host: '127.0.0.1', port: promoted.port });
      await demote(1);

      await eventually(async () => expect((await service.retitle(id, 'after')).status).toBe(200), promotion);
      expect((await service.request('GET', `/${id}`)).body).toMatchObject({ title: 'after', version: 3 });
      await eventually(
        async () =>
          expect((await other.request('GET', `/${id}`)).body).toMatchObject({ title: 'after', version: 3 }),
        promotion,
      );
      await Promise.all([service.ready(), other.ready()]);
      await successor.close();
    });
  });
});
