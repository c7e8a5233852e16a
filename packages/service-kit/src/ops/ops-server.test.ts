import { describe, expect, it } from 'vitest';
import { watchDependencies } from './dependency-metrics.ts';
import { Health, type HealthCheck } from './health.ts';
import { createMetrics } from './metrics.ts';
import { createOpsServer } from './ops-server.ts';

const create = (checks: Record<string, HealthCheck>) => {
  const health = new Health(checks);
  const metrics = createMetrics('test');
  watchDependencies(health, metrics);
  return { health, ops: createOpsServer({ health, metrics }) };
};

/** A dependency that can be taken away. */
const dependency = (gate: HealthCheck['gate'], reason?: string) => {
  const state = { reason };
  const check = async () => {
    if (state.reason !== undefined) throw new Error(state.reason);
  };
  return { state, check: { gate, check } };
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

  it('is not alive where the process has stopped working, and is again where it goes on', async () => {
    const state = { isAlive: true };
    const health = new Health({});
    const ops = createOpsServer({ health, metrics: createMetrics('test'), isAlive: () => state.isAlive });
    const livez = async () => {
      const { statusCode, body } = await ops.inject('/livez');
      return [statusCode, JSON.parse(body)];
    };
    expect(await livez()).toEqual([200, { status: 'ok' }]);
    state.isAlive = false;
    expect(await livez()).toEqual([503, { status: 'frozen' }]);
    state.isAlive = true;
    expect(await livez()).toEqual([200, { status: 'ok' }]);
  });

  it('is not ready while a dependency is away, and names it when asked', async () => {
    const { health, ops } = create({
      redis: dependency('always', 'connection refused').check,
      kafka: dependency('startup').check,
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

  it.each([
    ['startup', 503, 200, 200],
    ['always', 503, 200, 503],
    ['never', 200, 200, 200],
  ] as const)(
    'with a dependency that gates it at %s is %i before it was there, %i with it, %i once it is lost',
    async (gate, before, withIt, lost) => {
      const { state, check } = dependency(gate, 'not there yet');
      const { health, ops } = create({ kafka: check });
      health.markStarted();
      const ready = async () => (await ops.inject('/readyz')).statusCode;
      expect(await ready()).toBe(before);
      state.reason = undefined;
      expect(await ready()).toBe(withIt);
      state.reason = 'lost';
      expect(await ready()).toBe(lost);
    },
  );

  it('tells of a dependency that it lost and does without, when asked and in a metric', async () => {
    const { state, check } = dependency('startup');
    const { health, ops } = create({ kafka: check });
    health.markStarted();
    const up = async () =>
      /^dependency_up\{.*dependency="kafka".*\} (\d)$/m.exec((await ops.inject('/metrics')).body)?.[1];
    await ops.inject('/readyz');
    expect(await up()).toBe('1');
    state.reason = 'connection refused';
    const answer = await ops.inject('/readyz?verbose');
    expect([answer.statusCode, answer.json()]).toEqual([
      200,
      { status: 'ok', checks: { kafka: { ok: false, reason: 'connection refused' } } },
    ]);
    expect(await up()).toBe('0');
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
