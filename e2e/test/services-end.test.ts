import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually, runMain } from '@contact-sync/testing';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { createSecrets, planServices } from '../src/launcher.ts';

/** Where nothing listens: a service starts, and ends, without what it depends on. */
const nowhere = {
  KAFKA_BROKERS: '127.0.0.1:9',
  SCHEMA_REGISTRY_URL: 'http://127.0.0.1:9/apis/ccompat/v7',
  REDIS_URL: 'redis://127.0.0.1:9',
};

let folder: string;
let plans: Awaited<ReturnType<typeof planServices>>;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'services-end-'));
  plans = await planServices(nowhere, await createSecrets(join(folder, 'secrets')), {
    preferWellKnownPorts: false,
  });
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('told to stop while a caller keeps its connection and all that it depends on is away', () => {
  it.each([
    'gateway-api',
    'auth-service',
    'contact-service',
    'webhook-ingest',
    'event-worker',
    'webhook-simulator',
  ] as const)('%s ends with 0 within its grace', async (name) => {
    const { PORT: _, OPS_PORT: __, ...settings } = plans[name].settings;
    const service = await runMain(new URL(`../../apps/${name}/`, import.meta.url), settings);
    onTestFinished(service.stop);
    const hasStarted = async () => (await fetch(`${service.opsUrl}/startupz`)).ok;
    await eventually(hasStarted, { timeoutMs: 60_000 }).catch((error: Error) => {
      throw new Error(`${error.message}; its log ends:\n${service.output().slice(-2_000)}`);
    });
    const answer = await fetch(`${service.url}/nowhere`);
    expect([answer.status, answer.headers.get('connection')]).toEqual([404, 'keep-alive']);

    const toldAt = performance.now();
    service.kill('SIGTERM');
    expect(await service.exitCode(), service.output().slice(-2_000)).toBe(0);
    expect(performance.now() - toldAt).toBeLessThan(9_500);
  });
});
