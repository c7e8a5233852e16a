import { eventually, startRedisServer } from '@contact-sync/testing';
import { afterEach, describe, expect, it } from 'vitest';
import { startTestService } from './fakes/start-test-service.ts';

const closers: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

/** A server of one's own: it must hold no user, and it is taken away. */
const emptyServer = async () => {
  const server = await startRedisServer();
  closers.push(server.stop);
  return server;
};

const startService = async (redisUrl: string) => {
  const service = await startTestService(redisUrl);
  closers.push(service.close);
  return service;
};

describe('auth-service', () => {
  it('has one first admin though several copies boot at once', async () => {
    const { url } = await emptyServer();
    const copies = await Promise.all(Array.from({ length: 3 }, () => startService(url)));
    await Promise.all(copies.map((copy) => eventually(copy.ready)));
    for (const copy of copies) expect((await copy.logIn()).status).toBe(200);
  });

  it('boots without Redis, says 503 until it is there, and then works without a restart', async () => {
    const server = await emptyServer();
    await server.kill('SIGKILL');
    const service = await startService(server.url);
    await expect(service.ready()).rejects.toThrow();
    const refused = await service.logIn();
    expect([refused.status, refused.code, refused.headers['retry-after']]).toEqual([
      503,
      'DEPENDENCY_UNAVAILABLE',
      '1',
    ]);
    expect((await service.app.inject('/.well-known/jwks.json')).statusCode).toBe(200);
    await server.start();
    await eventually(service.ready, { timeoutMs: 20_000 });
    expect((await service.logIn()).status).toBe(200);
  });

  it('answers 503 while Redis is frozen, within its deadline, and works again after', async () => {
    const server = await emptyServer();
    const service = await startService(server.url);
    await eventually(service.ready);
    await server.kill('SIGSTOP');
    const began = performance.now();
    expect((await service.logIn()).status).toBe(503);
    expect(performance.now() - began).toBeLessThan(4_000);
    await server.kill('SIGCONT');
    await eventually(async () => (await service.logIn()).status === 200);
  });

  it('is not ready on a Redis that may lose or evict what it holds', async () => {
    const server = await startRedisServer({
      settings: { 'maxmemory-policy': 'allkeys-lru', appendonly: 'no' },
    });
    closers.push(server.stop);
    const { dependencies } = await startService(server.url);
    await eventually(() =>
      expect(dependencies.checks['redis']?.check()).rejects.toThrow(/append-only.*noeviction/),
    );
  });
});
