import type { AcmeConduct } from '@contact-sync/api-contracts';
import { v7 } from 'uuid';
import { describe, expect, it } from 'vitest';
import { deliverChange } from '../src/use-cases/send-changes.ts';
import { apiKey, startSimulator } from './simulator-app.ts';

const url = '/acme/v1/contacts';
const ada = { acme_first_name: 'Ada', acme_last_name: 'Byron', acme_email: 'ada@example.com' };
const bodyOf = (index: number): string =>
  JSON.stringify({
    id: `evt_${index}`,
    event: 'contact.deleted',
    data: { id: 'a', acme_version: 1 + index },
  });
const unlimited = 3_600;

const startBehaving = async (conduct: AcmeConduct) => {
  const simulator = await startSimulator();
  const { app, tokenOf } = simulator;
  const set = (value: AcmeConduct, role: 'editor' | 'viewer' = 'editor') =>
    app.inject({
      method: 'PUT',
      url: '/api/v1/simulator/acme/conduct',
      headers: { authorization: `Bearer ${tokenOf(role)}` },
      payload: { conduct: value, seconds: 60 },
    });
  const call = (method: 'GET' | 'POST' | 'PATCH' | 'DELETE', path: string, payload?: object) =>
    app.inject({
      method,
      url: `${url}${path}`,
      headers: { authorization: `Bearer ${apiKey}` },
      ...(payload && { payload }),
    });
  expect((await set(conduct)).statusCode).toBe(204);
  return { ...simulator, set, call };
};

describe("AcmeCRM's conduct", () => {
  it('is set by who may run the simulator alone, is shown, and ends', async () => {
    const { set, app, tokenOf, call } = await startBehaving({ latencyMs: 40 });
    expect((await set({}, 'viewer')).statusCode).toBe(403);
    const shown = () =>
      app.inject({
        url: '/api/v1/simulator/acme/conduct',
        headers: { authorization: `Bearer ${tokenOf('viewer')}` },
      });
    expect((await shown()).json()).toEqual({ conduct: { latencyMs: 40 } });
    await set({});
    expect((await shown()).json()).toEqual({ conduct: {} });
    expect((await call('GET', '')).statusCode).toBe(200);
  });

  it.each([
    ['limited', 429, 'RATE_LIMITED'],
    ['unavailable', 503, 'DEPENDENCY_UNAVAILABLE'],
    ['unauthorized', 401, 'UNAUTHENTICATED'],
  ] as const)('answers everything as %s while it is so', async (as, status, code) => {
    const { call, set } = await startBehaving({
      fails: [{ as, forSeconds: unlimited, everySeconds: unlimited }],
    });
    for (const answer of [await call('GET', ''), await call('POST', '', ada)])
      expect([answer.statusCode, answer.json().code]).toEqual([status, code]);
    await set({});
    expect((await call('GET', '')).json()).toEqual({ items: [] });
  });

  it('waits before each answer', async () => {
    const { call, clock } = await startBehaving({ latencyMs: 700 });
    const begun = clock.now();
    await call('GET', '');
    expect(clock.now() - begun).toBeGreaterThanOrEqual(700);
  });

  it.each([400, 403, 500] as const)(
    'refuses writes of some records with %i, and lets them be read',
    async (status) => {
      const { call, set } = await startBehaving({});
      const { id } = (await call('POST', '', ada)).json();
      await set({ refuses: { share: 1, status } });
      expect((await call('PATCH', `/${id}`, { acme_title: 'x' })).statusCode).toBe(status);
      expect((await call('DELETE', `/${id}`)).statusCode).toBe(status);
      expect((await call('GET', `/${id}`)).json()).toMatchObject({ acme_version: 1 });
      await set({ refuses: { share: 0.000_001, status } });
      expect((await call('PATCH', `/${id}`, { acme_title: 'x' })).statusCode).toBe(200);
    },
  );

  it('names the member for which it takes no record', async () => {
    const { call } = await startBehaving({ refuses: { share: 1, status: 400 } });
    expect((await call('POST', '', ada)).json()).toMatchObject({ errors: [{ pointer: '/acme_email' }] });
  });

  it('keeps what it is given in its own spelling', async () => {
    const { call } = await startBehaving({ normalises: true });
    const { id } = (await call('POST', '', { ...ada, acme_phone: '+14155550123' })).json();
    const answer = await call('PATCH', `/${id}`, { acme_title: ' Countess ' });
    expect(answer.json()).toMatchObject({ acme_phone: '+141 555 501 23', acme_title: 'Countess' });
    // What it would write just so again is no change.
    expect((await call('PATCH', `/${id}`, { acme_title: 'Countess  ' })).json().acme_version).toBe(2);
  });
});

describe('webhooks of a change', () => {
  const start = async (conduct: AcmeConduct) => {
    const simulator = await startBehaving(conduct);
    const { dependencies, clock, log, draining } = simulator;
    const deliver = deliverChange({ ...dependencies, conduct: simulator.conduct, newId: () => v7() });
    const send = (count: number) =>
      Promise.all(
        Array.from({ length: count }, (_, index) =>
          deliver(
            { id: `${index}`, eventId: `evt_${index}`, acmeId: 'a', body: bodyOf(index) },
            draining.signal,
          ),
        ),
      );
    const faults = async () =>
      (await log.list({ limit: 100, isWanted: () => true })).deliveries.map(
        ({ fault, state }) => `${fault} ${state}`,
      );
    return { send, faults, clock };
  };

  it('are dropped as many as are to be, which the log tells', async () => {
    const { send, faults } = await start({ dropWebhooks: { drop: 2, of: 5 } });
    await send(10);
    expect((await faults()).filter((fault) => fault === 'dropped unanswered')).toHaveLength(4);
    expect(await faults()).toHaveLength(10);
  });

  it('wait up to their delay', async () => {
    const { send, clock } = await start({ webhookDelayMs: 1_000 });
    const begun = clock.now();
    await send(1);
    expect(clock.now() - begun).toBeGreaterThanOrEqual(500);
  });
});
