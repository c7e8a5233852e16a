import { describe, expect, it, vi } from 'vitest';
import { scenarios } from '../src/domain/scenario/catalogue.ts';
import { newDelivery } from './delivery-log.contract.ts';
import { apiKey, startSimulator, target } from './simulator-app.ts';

const url = '/api/v1/simulator';

describe('GET /api/v1/simulator/status', () => {
  it('names the targets and the run that goes on', async () => {
    const { call, runner } = await startSimulator();
    expect((await call('GET', `${url}/status`, 'viewer')).json()).toEqual({
      enabled: true,
      targets: [target],
    });
    const request = { scenarios: [{ name: 'steady', ratePerSecond: 1 }], count: 500 };
    const { id } = (await call('POST', `${url}/runs`, 'editor', request)).json();
    expect((await call('GET', `${url}/status`, 'viewer')).json().activeRun).toMatchObject({
      id,
      state: 'sending',
    });
    await runner.close();
  });
});

describe('a simulator that is disabled by configuration', () => {
  it('says so at every door and sends nothing', async () => {
    const { app, call, system } = await startSimulator({}, { SIMULATOR_ENABLED: false });
    expect((await call('GET', `${url}/status`, 'viewer')).json()).toEqual({
      enabled: false,
      targets: [target],
    });
    for (const [method, path, payload] of [
      ['GET', '/scenarios', undefined],
      ['GET', '/runs', undefined],
      ['POST', '/runs', {}],
      ['GET', '/deliveries', undefined],
      ['POST', '/deliveries', { body: '{}' }],
      ['GET', '/stream', undefined],
    ] as const) {
      const answer = await call(method, `${url}${path}`, 'admin', payload);
      expect([path, answer.statusCode, answer.json().code]).toEqual([path, 403, 'SIMULATOR_DISABLED']);
    }
    const acme = await app.inject({
      url: '/acme/v1/contacts',
      headers: { authorization: `Bearer ${apiKey}` },
    });
    expect(acme.json().code).toBe('SIMULATOR_DISABLED');
    expect(system.posts).toEqual([]);
  });

  it('tells nobody without a token', async () => {
    const { call } = await startSimulator({}, { SIMULATOR_ENABLED: false });
    expect((await call('GET', `${url}/runs`)).statusCode).toBe(401);
  });
});

describe('GET /api/v1/simulator/scenarios', () => {
  it('lists all with a line of text, their parameters and bounds', async () => {
    const { call } = await startSimulator();
    const { items } = (await call('GET', `${url}/scenarios`, 'viewer')).json();
    expect(items.map(({ name }: { name: string }) => name)).toEqual(scenarios.map(({ name }) => name));
    expect(items).toContainEqual({
      name: 'burst',
      summary: 'In the midst of an even rate, a multiple of it for some seconds.',
      maxCount: 20_000,
      parameters: [
        { name: 'factor', description: 'How many times the rate', minimum: 2, maximum: 50, default: 10 },
        { name: 'seconds', description: 'How long', minimum: 0.1, maximum: 60, default: 5 },
      ],
    });
  });
});

describe('GET /api/v1/simulator/stream', () => {
  it('tells of runs and deliveries until the process ends, and goes on from the last that was seen', async () => {
    const { app, log, tokenOf, draining, store, dependencies, clock } = await startSimulator();
    const [seen, next] = [newDelivery({ runId: 'r1' }), newDelivery({ runId: 'r2' })];
    log.add(seen);
    log.add(next);
    const ended = app.inject({
      url: `${url}/stream`,
      headers: { authorization: `Bearer ${tokenOf('viewer')}`, 'last-event-id': seen.id },
    });
    const late = newDelivery({ runId: 'r3' });
    setTimeout(() => log.add(late), 20);
    await vi.waitFor(async () => expect(await log.newest()).toBe(late.id));
    await clock.wait(5_000, draining.signal);
    draining.abort();
    const answer = await ended;
    expect(answer.headers['content-type']).toBe('text/event-stream');
    const ids = [...answer.body.matchAll(/^id: (.*)$/gm)].map(([, id]) => id);
    expect(ids).toEqual([next.id, late.id]);
    expect(answer.body).toContain(`event: delivery\ndata: {"id":"${late.id}"`);
    expect(answer.body).not.toContain('"body"');
    expect(store).toBe(dependencies.store);
  });
});
