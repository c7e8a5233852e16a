import { randomUUID } from 'node:crypto';
import type { Role } from '@contact-sync/access';
import { describe, expect, it, vi } from 'vitest';
import { createRunner } from '../src/use-cases/runner.ts';
import { startSimulator } from './simulator-app.ts';

const url = '/api/v1/simulator/runs';

describe('POST /api/v1/simulator/runs', () => {
  it('begins a run whose verdict stands at its location', async () => {
    const { call, whenFinished } = await startSimulator();
    const answer = await call('POST', url, 'editor', {
      scenarios: [{ name: 'steady' }, { name: 'wrong-secret', count: 4 }],
      count: 30,
    });
    expect(answer.statusCode).toBe(202);
    const { id } = answer.json();
    expect(answer.headers['location']).toBe(`${url}/${id}`);
    const run = await whenFinished(`${url}/${id}`);
    expect(run).toMatchObject({
      id,
      state: 'done',
      options: {
        scenarios: [
          { name: 'steady', count: 30 },
          { name: 'wrong-secret', count: 4 },
        ],
        seed: 1,
      },
      progress: { planned: 34, sent: 34, accepted: 32, refused: 2, contacts: 9, settled: 9, verified: 9 },
      verdict: { ok: true, lost: [], doubled: [] },
    });
  });

  it('stores the end of a run, so that another copy shows it', async () => {
    const { call, whenFinished, store } = await startSimulator({ loseEvent: 30 });
    const { id } = (
      await call('POST', url, 'admin', {
        scenarios: [{ name: 'steady' }],
        count: 30,
        settleTimeoutSeconds: 1,
      })
    ).json();
    const run = await whenFinished(`${url}/${id}`);
    await vi.waitFor(async () => expect(await store.find(id)).toEqual(run));
    expect(run.verdict.ok).toBe(false);
  });

  it('refuses a second run while one is active and takes it afterwards', async () => {
    const { call, whenFinished } = await startSimulator();
    const small = { count: 2 };
    const first = await call('POST', url, 'editor', small);
    const second = await call('POST', url, 'editor', small);
    expect([second.statusCode, second.json().code]).toEqual([409, 'RUN_ACTIVE']);
    await whenFinished(`${url}/${first.json().id}`);
    await vi.waitFor(async () => expect((await call('POST', url, 'editor', small)).statusCode).toBe(202));
  });

  it('begins nothing while runs cannot be stored', async () => {
    const { call, store, system } = await startSimulator();
    vi.spyOn(store, 'save').mockRejectedValueOnce(new Error('away'));
    expect((await call('POST', url, 'editor', {})).statusCode).toBe(500);
    expect(system.posts).toEqual([]);
    expect((await call('POST', url, 'editor', {})).statusCode).toBe(202);
  });

  it.each<[string, object, string]>([
    ['what nobody knows', { url: 'http://169.254.169.254' }, '/url'],
    ['too many events', { count: 20_001 }, '/count'],
    ['a number in a string', { seed: '1' }, '/seed'],
    ['no event', { count: 0 }, '/count'],
    ['a scenario that there is not', { scenarios: [{ name: 'nonesuch' }] }, '/scenarios/0/name'],
  ])('refuses %s with its pointer', async (_, body, pointer) => {
    const { call, system } = await startSimulator();
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
    const { call } = await startSimulator();
    expect((await call('POST', url, role, { count: 1 })).statusCode).toBe(status);
  });
});

describe('GET /api/v1/simulator/runs/{id}', () => {
  it('answers 404 for a run that there never was and 400 for what is no id', async () => {
    const { call } = await startSimulator();
    const unknown = await call('GET', `${url}/${randomUUID()}`, 'viewer');
    expect([unknown.statusCode, unknown.json().code]).toEqual([404, 'RUN_NOT_FOUND']);
    expect((await call('GET', `${url}/..%2f`, 'viewer')).statusCode).toBe(400);
    expect((await call('GET', `${url}/${randomUUID()}`)).statusCode).toBe(401);
  });

  it('shows a run as failed once its process has been silent for long', async () => {
    const { call, dependencies, runner } = await startSimulator();
    const { id } = (await call('POST', url, 'editor', { count: 1 })).json();
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
    const { call, runner, store, system } = await startSimulator();
    const { id } = (await call('POST', url, 'editor', {})).json();
    await vi.waitFor(() => expect(system.posts.length).toBeGreaterThan(0));
    await runner.close();
    expect(await store.find(id)).toMatchObject({ state: 'failed', failure: 'The simulator was stopped.' });
    const sent = system.posts.length;
    await new Promise((resolve) => setImmediate(resolve));
    expect(system.posts.length).toBe(sent);
  });
});

describe('POST /api/v1/simulator/runs/{id}/stop', () => {
  it('stops a run that goes on, and says afterwards that it has ended', async () => {
    const { call, whenFinished, system } = await startSimulator();
    const { id } = (
      await call('POST', url, 'editor', { scenarios: [{ name: 'steady', ratePerSecond: 1 }], count: 800 })
    ).json();
    expect((await call('POST', `${url}/${id}/stop`, 'viewer')).statusCode).toBe(403);
    const answer = await call('POST', `${url}/${id}/stop`, 'editor');
    expect([answer.statusCode, answer.json()]).toEqual([202, { id }]);
    const run = await whenFinished(`${url}/${id}`);
    expect(run).toMatchObject({ state: 'stopped', failure: 'It was stopped on request.' });
    expect(run.verdict).toBeUndefined();
    expect(system.posts.length).toBeLessThan(100);
    expect((await call('POST', `${url}/${id}/stop`, 'editor')).json().code).toBe('CONFLICT');
  });

  it('answers 404 for a run that there never was', async () => {
    const { call } = await startSimulator();
    expect((await call('POST', `${url}/${randomUUID()}/stop`, 'editor')).json().code).toBe('RUN_NOT_FOUND');
  });
});

describe('GET /api/v1/simulator/runs', () => {
  it('lists runs newest first, page by page', async () => {
    const { call, whenFinished } = await startSimulator();
    const ids: string[] = [];
    for (let index = 0; index < 3; index += 1) {
      const answer = await vi.waitFor(async () => {
        const begun = await call('POST', url, 'editor', { count: 1 });
        expect(begun.statusCode).toBe(202);
        return begun;
      });
      ids.unshift(answer.json().id);
      await whenFinished(`${url}/${ids[0]}`);
    }
    const first = (await call('GET', `${url}?limit=2`, 'viewer')).json();
    expect(first.items.map(({ id }: { id: string }) => id)).toEqual(ids.slice(0, 2));
    const rest = (await call('GET', `${url}?limit=2&cursor=${first.nextCursor}`, 'viewer')).json();
    expect(rest.items.map(({ id }: { id: string }) => id)).toEqual(ids.slice(2));
    expect((await call('GET', `${url}?cursor=none`, 'viewer')).json().code).toBe('INVALID_CURSOR');
  });
});

it('sends to no target but those of the configuration', async () => {
  const { call, system } = await startSimulator();
  for (const target of ['http://169.254.169.254', 'http://127.0.0.1:3003/', 'http://0x7f.1:3003'])
    expect((await call('POST', url, 'editor', { target })).json().code).toBe('TARGET_NOT_ALLOWED');
  expect(system.posts).toEqual([]);
});
