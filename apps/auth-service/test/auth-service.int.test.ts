import { generateKeyPairSync } from 'node:crypto';
import { createLogger, createMetrics } from '@contact-sync/service-kit';
import { eventually, startRedisServer } from '@contact-sync/testing';
import { afterEach, describe, expect, it } from 'vitest';
import { createApp } from '../src/app.ts';
import { readSettings } from '../src/config.ts';
import { connectDependencies } from '../src/dependencies.ts';

const password = 'correct horse battery';
const closers: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

const signingKey = () => {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return { ...privateKey.export({ format: 'jwk' }), kid: 'a', alg: 'ES256', use: 'sig' };
};

/** A server of one's own: it must hold no user, and it is taken away. */
const emptyServer = async () => {
  const server = await startRedisServer();
  closers.push(server.stop);
  return server;
};

const startService = async (redisUrl: string) => {
  const settings = readSettings({
    REDIS_URL: redisUrl,
    SIGNING_KEYS: JSON.stringify({ keys: [signingKey()] }),
    BOOTSTRAP_CLIENTS: '[]',
    BOOTSTRAP_ADMIN_EMAIL: 'Admin@Example.com',
    BOOTSTRAP_ADMIN_PASSWORD: password,
  });
  const logger = createLogger({ service: 'auth-service', level: 'silent' });
  const context = { logger, metrics: createMetrics('auth-service'), onFatal: () => undefined };
  const dependencies = await connectDependencies(settings, context);
  closers.push(dependencies.close);
  const app = await createApp(dependencies, settings, context);
  closers.push(() => app.close());
  const logIn = async () => {
    const payload = { email: 'admin@example.com', password };
    const answer = await app.inject({ method: 'POST', url: '/api/v1/auth/login', payload });
    return { status: answer.statusCode, code: answer.json().code, headers: answer.headers };
  };
  const ready = async () => {
    for (const { check } of Object.values(dependencies.checks)) await check();
  };
  return { app, dependencies, logIn, ready };
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
