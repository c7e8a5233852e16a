import { randomUUID } from 'node:crypto';
import type { Role } from '@contact-sync/access';
import { createLogger, createMetrics } from '@contact-sync/service-kit';
import { checkedAnswers } from '@contact-sync/service-kit/testing';
import { describe, expect, it, vi } from 'vitest';
import { createApp } from '../src/app.ts';
import { createRunner } from '../src/use-cases/runner.ts';
import { createAccessTokens, issuer } from './access-tokens.ts';
import { createMemoryRunStore } from './memory-run-store.ts';
import { createSimulatedSystem, type SystemFaults } from './simulated-system.ts';
import { createVirtualClock } from './virtual-clock.ts';

const url = '/api/v1/simulator/runs';

const start = async (faults: SystemFaults = {}) => {
  const { access, tokenOf } = createAccessTokens();
  const store = createMemoryRunStore();
  const clock = createVirtualClock();
  const system = createSimulatedSystem(faults);
  const onFault = vi.fn();
  const dependencies = { ...system, store, clock, random: () => 0.5, newId: randomUUID, onFault };
  const runner = createRunner(dependencies);
  const app = await createApp(
    { runner, ...access },
    { TOKEN_ISSUER: issuer },
    {
      logger: createLogger({ service: 'test', level: 'silent' }),
      metrics: createMetrics('test'),
      plugins: [checkedAnswers],
    },
  );
  const call = (method: 'GET' | 'POST', path: string, role?: Role, payload?: object) =>
    app.inject({
      method,
      url: path,
      ...(payload ? { payload } : {}),
      ...(role ? { headers: { authorization: `Bearer ${tokenOf(role)}` } } : {}),
    });
  const whenFinished = (location: string) =>
    vi.waitFor(
      async () => {
        const run = (await call('GET', location, 'viewer')).json();
        expect(['done', 'failed']).toContain(run.state);
        return run;
      },
      { timeout: 10_000, interval: 5 },
    );
  return { call, whenFinished, runner, store, system, onFault, dependencies };
};

describe('POST /api/v1/simulator/runs', () => {
  it('begins a run whose verdict stands at its location', async () => {
    const { call, whenFinished } = await start();
    const answer = await call('POST', url, 'editor', { contacts: 10, events: 30 });
    expect(answer.statusCode).toBe(202);
    const { id } = answer.json();
    expect(answer.headers['location']).toBe(`${url}/${id}`);
    const run = await whenFinished(`${url}/${id}`);
    expect(run).toMatchObject({
      id,
      state: 'done',
      options: { contacts: 10, events: 30, seed: 1 },
      progress: { planned: 35, sent: 35, accepted: 33, refused: 2, contacts: 10, settled: 10, verified: 10 },
      verdict: { ok: true, lost: [], doubled: [] },
    });
  });

  it('stores the end of a run, so that another copy shows it', async () => {
    const { call, whenFinished, store } = await start({ loseEvent: 30 });
    const { id } = (await call('POST', url, 'admin', { contacts: 10, events: 30, deletes: 0 })).json();
    const run = await whenFinished(`${url}/${id}`);
    await vi.waitFor(async () => expect(await store.find(id)).toEqual(run));
    expect(run.verdict.ok).toBe(false);
  });

  it('refuses a second run while one is active and takes it afterwards', async () => {
    const { call, whenFinished } = await start();
    const small = { contacts: 2, events: 4 };
    const first = await call('POST', url, 'editor', small);
    const second = await call('POST', url, 'editor', small);
    expect([second.statusCode, second.json().code]).toEqual([409, 'RUN_ACTIVE']);
    await whenFinished(`${url}/${first.json().id}`);
    await vi.waitFor(async () => expect((await call('POST', url, 'editor', small)).statusCode).toBe(202));
  });

  it('begins nothing while runs cannot be stored', async () => {
    const { call, store, system } = await start();
    vi.spyOn(store, 'save').mockRejectedValueOnce(new Error('away'));
    expect((await call('POST', url, 'editor', {})).statusCode).toBe(500);
    expect(system.posts).toEqual([]);
    expect((await call('POST', url, 'editor', {})).statusCode).toBe(202);
  });

  it.each<[string, object, string]>([
    ['a target of the caller', { target: 'http://169.254.169.254' }, '/target'],
    ['too many events', { events: 20_001 }, '/events'],
    ['a number in a string', { seed: '1' }, '/seed'],
    ['no contact', { contacts: 0 }, '/contacts'],
    ['numbers that do not fit', { contacts: 100, events: 100, deletes: 50 }, '/events'],
  ])('refuses %s with its pointer', async (_, body, pointer) => {
    const { call, system } = await start();
    const answer = await call('POST', url, 'editor', body);
    expect([answer.statusCode, answer.json().code]).toEqual([400, 'INVALID_BODY']);
    expect(answer.json().errors.map((error: { pointer: string }) => error.pointer)).toContain(pointer);
    expect(system.posts).toEqual([]);
  });

  it.each<[Role | undefined, number]>([
    [undefined, 401],
    ['viewer', 403],
    ['editor', 202],
    ['admin', 202],
  ])('answers a caller of role %s with %s', async (role, status) => {
    const { call } = await start();
    expect((await call('POST', url, role, { contacts: 1, events: 1 })).statusCode).toBe(status);
  });
});

describe('GET /api/v1/simulator/runs/{id}', () => {
  it('answers 404 for a run that there never was and 400 for what is no id', async () => {
    const { call } = await start();
    const unknown = await call('GET', `${url}/${randomUUID()}`, 'viewer');
    expect([unknown.statusCode, unknown.json().code]).toEqual([404, 'RUN_NOT_FOUND']);
    expect((await call('GET', `${url}/..%2f`, 'viewer')).statusCode).toBe(400);
    expect((await call('GET', `${url}/${randomUUID()}`)).statusCode).toBe(401);
  });

  it('shows a run as failed once its process has been silent for long', async () => {
    const { call, dependencies, runner } = await start();
    const { id } = (await call('POST', url, 'editor', { contacts: 1, events: 1 })).json();
    await runner.close();
    const stored = await dependencies.store.find(id);
    const silent = { ...stored, state: 'sending' as const, updatedAt: new Date(0).toISOString() };
    await dependencies.store.save(silent as Parameters<typeof dependencies.store.save>[0]);
    const other = createRunner(dependencies);
    expect(await other.find(id)).toMatchObject({ state: 'failed', failure: expect.stringContaining('gone') });
  });
});

describe('shutdown', () => {
  it('stores the active run as failed and sends nothing more', async () => {
    const { call, runner, store, system } = await start();
    const { id } = (await call('POST', url, 'editor', {})).json();
    await vi.waitFor(() => expect(system.posts.length).toBeGreaterThan(0));
    await runner.close();
    expect(await store.find(id)).toMatchObject({ state: 'failed', failure: 'The simulator was stopped.' });
    const sent = system.posts.length;
    await new Promise((resolve) => setImmediate(resolve));
    expect(system.posts.length).toBe(sent);
  });
});
