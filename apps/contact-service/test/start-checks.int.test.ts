import { eventually, redisServerExecutable } from '@contact-sync/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { person } from './support/service.ts';
import { type System, startSystem } from './support/system.ts';

describe.skipIf(redisServerExecutable() === undefined)('a Redis that is not fit at start', () => {
  let system: System;
  beforeAll(async () => {
    system = await startSystem({ settings: { appendonly: 'no', 'maxmemory-policy': 'allkeys-lru' } });
  });
  afterAll(() => system?.[Symbol.asyncDispose]());

  it('keeps the service alive and not ready, with every reason, until each is mended, without a restart', async () => {
    const service = await system.launch();
    const config = (name: string, value: string) =>
      system.redis.use((client) => client.config('SET', name, value));
    await eventually(async () => expect(await service.reasons()).toContain('noeviction'));
    expect(await service.reasons()).toContain('append-only file');
    expect((await fetch(`${service.opsUrl}/readyz`)).status).toBe(503);
    expect((await fetch(`${service.opsUrl}/livez`)).status).toBe(200);

    await config('appendonly', 'yes');
    await eventually(async () => expect(await service.reasons()).not.toContain('append-only file'));
    expect((await fetch(`${service.opsUrl}/readyz`)).status).toBe(503);

    await config('maxmemory-policy', 'noeviction');
    await service.ready();
    expect((await service.request('POST', '', { body: person })).status).toBe(201);

    await config('maxmemory-policy', 'volatile-ttl');
    await eventually(async () => expect((await fetch(`${service.opsUrl}/readyz`)).status).toBe(503));
    expect(await service.reasons()).toContain('volatile-ttl');
  });
});

it.skipIf(redisServerExecutable() === undefined)(
  'on a Redis in cluster mode the service is not ready and says that it does not speak it',
  async () => {
    await using system = await startSystem({ settings: { 'cluster-enabled': 'yes' } });
    const service = await system.launch();
    await eventually(async () =>
      expect(await service.reasons()).toContain('cluster mode, which is not supported'),
    );
    expect((await fetch(`${service.opsUrl}/readyz`)).status).toBe(503);
  },
);
