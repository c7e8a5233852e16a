import { describe, expect, it } from 'vitest';
import { Health } from './health.ts';
import { createMetrics } from './metrics.ts';
import { createOpsServer } from './ops-server.ts';

const create = (checks: Record<string, () => Promise<void>>) => {
  const health = new Health(checks);
  return { health, ops: createOpsServer({ health, metrics: createMetrics('test') }) };
};

describe('the ops port', () => {
  it('is alive from the start, started once the business port listens', async () => {
    const { health, ops } = create({});
    expect((await ops.inject('/livez')).statusCode).toBe(200);
    expect((await ops.inject('/startupz')).statusCode).toBe(503);
    expect((await ops.inject('/readyz')).statusCode).toBe(503);
    health.markStarted();
    expect((await ops.inject('/startupz')).statusCode).toBe(200);
    expect((await ops.inject('/readyz')).statusCode).toBe(200);
  });

  it('is not ready while a dependency is away, and names it when asked', async () => {
    const { health, ops } = create({
      redis: () => Promise.reject(new Error('connection refused')),
      kafka: async () => {},
    });
    health.markStarted();
    const answer = await ops.inject('/readyz?verbose');
    expect(answer.statusCode).toBe(503);
    expect(answer.json().checks).toEqual({
      redis: { ok: false, reason: 'connection refused' },
      kafka: { ok: true },
    });
    expect((await ops.inject('/livez')).statusCode).toBe(200);
  });

  it('is not ready while draining', async () => {
    const { health, ops } = create({});
    health.markStarted();
    health.markDraining();
    expect((await ops.inject('/readyz')).statusCode).toBe(503);
  });

  it('serves metrics in the text format', async () => {
    const { ops } = create({});
    const answer = await ops.inject('/metrics');
    expect(answer.headers['content-type']).toContain('text/plain');
    expect(answer.body).toContain('process_resident_memory_bytes{service="test"}');
  });
});
