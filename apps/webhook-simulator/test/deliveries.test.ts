import { v7 } from 'uuid';
import { describe, expect, it } from 'vitest';
import { newDelivery } from './delivery-log.contract.ts';
import { startSimulator, target } from './simulator-app.ts';

const url = '/api/v1/simulator/deliveries';

const event = JSON.stringify({
  id: 'evt_mine',
  event: 'contact.created',
  timestamp: '2026-01-01T00:00:00Z',
  data: { id: 'acme_mine', acme_first_name: 'A', acme_last_name: 'B', acme_email: 'a@b.c', acme_version: 1 },
});

const itemsOf = (answer: { json: () => { items: { id: string }[] } }) =>
  answer.json().items.map(({ id }) => id);

describe('POST /api/v1/simulator/deliveries', () => {
  it('sends a body as it is in one attempt, says what came of it, and logs it', async () => {
    const { call, system } = await startSimulator();
    const answer = await call('POST', url, 'editor', { body: event });
    expect(answer.json()).toMatchObject({
      eventIds: ['evt_mine'],
      acmeId: 'acme_mine',
      target,
      fault: 'none',
      state: 'accepted',
      attempts: [{ number: 1, status: 202 }],
    });
    expect(system.posts.map(({ body }) => body)).toEqual([event]);
    const found = await call('GET', `${url}/${answer.json().id}`, 'viewer');
    expect(found.json()).toEqual(answer.json());
  });

  it.each([
    ['wrong-secret', { signer: 'unknown' }, 401],
    ['no-signature', { signer: 'nobody' }, 401],
    ['old-timestamp', { clockSkewSeconds: -360 }, 202],
    ['future-timestamp', { clockSkewSeconds: 360 }, 202],
    ['no-timestamp', { timestamp: null }, 202],
    ['slow-body', { trickleMs: 3_000 }, 202],
    ['connection-reset', { reset: true }, 202],
  ])('plants the fault %s', async (fault, manner, status) => {
    const { call, system } = await startSimulator();
    const answer = await call('POST', url, 'editor', { body: event, fault });
    expect(answer.json()).toMatchObject({ fault, attempts: [{ status }] });
    expect(system.posts[0]?.manner).toEqual(manner);
  });

  it('tells of a body that is no JSON without ids', async () => {
    const { call } = await startSimulator();
    const answer = await call('POST', url, 'editor', { body: '{"id":' });
    expect(answer.json()).toMatchObject({ eventIds: [], state: 'refused', attempts: [{ status: 400 }] });
  });

  it.each([
    'http://169.254.169.254',
    'http://127.0.0.1:3004',
    'http://2130706433:3003',
    'http://LOCALHOST:3003',
  ])('sends nothing to %s, which is not on the list', async (other) => {
    const { call, system } = await startSimulator();
    const answer = await call('POST', url, 'editor', { body: event, target: other });
    expect([answer.statusCode, answer.json().code]).toEqual([422, 'TARGET_NOT_ALLOWED']);
    expect(system.posts).toEqual([]);
  });

  it('is for editors', async () => {
    const { call } = await startSimulator();
    expect((await call('POST', url, 'viewer', { body: event })).statusCode).toBe(403);
  });
});

describe('POST /api/v1/simulator/deliveries/{id}/redeliver', () => {
  it('sends the same body once more, and names what it repeats', async () => {
    const { call, system } = await startSimulator();
    const { id } = (await call('POST', url, 'editor', { body: event, fault: 'wrong-secret' })).json();
    const again = await call('POST', `${url}/${id}/redeliver`, 'editor');
    expect(again.json()).toMatchObject({ redeliveryOf: id, state: 'accepted', fault: 'none' });
    expect(again.json().id).not.toBe(id);
    expect(system.posts.map(({ body }) => body)).toEqual([event, event]);
  });

  it('says why it cannot: no such delivery, or no body of it', async () => {
    const { call, log } = await startSimulator();
    expect((await call('POST', `${url}/${v7()}/redeliver`, 'editor')).statusCode).toBe(404);
    const { body: _body, ...bodiless } = newDelivery();
    log.add(bodiless);
    expect((await call('POST', `${url}/${bodiless.id}/redeliver`, 'editor')).json().code).toBe('CONFLICT');
  });
});

describe('GET /api/v1/simulator/deliveries', () => {
  it('filters, newest first, page by page', async () => {
    const { call, log } = await startSimulator();
    const [a, b, c] = [
      newDelivery({ runId: 'r1', scenario: 'steady', eventIds: ['e1'], acmeId: 'a1' }),
      newDelivery({ runId: 'r1', scenario: 'poison', eventIds: ['e2', 'e3'], state: 'refused' }),
      newDelivery({ runId: 'r2', scenario: 'steady' }),
    ];
    for (const delivery of [a, b, c]) log.add(delivery);
    const listed = async (query: string) => itemsOf(await call('GET', `${url}?${query}`, 'viewer'));
    expect(await listed('')).toEqual([c.id, b.id, a.id]);
    expect(await listed('runId=r1')).toEqual([b.id, a.id]);
    expect(await listed('scenario=steady&runId=r1')).toEqual([a.id]);
    expect(await listed('eventId=e3')).toEqual([b.id]);
    expect(await listed('acmeId=a1')).toEqual([a.id]);
    expect(await listed('state=refused')).toEqual([b.id]);
    const page = (await call('GET', `${url}?limit=2`, 'viewer')).json();
    expect(await listed(`limit=2&cursor=${page.nextCursor}`)).toEqual([a.id]);
    expect((await call('GET', `${url}?colour=red`, 'viewer')).statusCode).toBe(400);
  });

  it('tells of a run’s deliveries with their attempts', async () => {
    const { call, whenFinished } = await startSimulator({ answersFirst: [{ kind: 'none' }] });
    const request = { scenarios: [{ name: 'wrong-secret' }], count: 4 };
    const { id } = (await call('POST', '/api/v1/simulator/runs', 'editor', request)).json();
    await whenFinished(`/api/v1/simulator/runs/${id}`);
    const { items } = (await call('GET', `${url}?runId=${id}`, 'viewer')).json();
    expect(items).toHaveLength(4);
    expect(items.map(({ fault }: { fault: string }) => fault).toSorted()).toEqual([
      'none',
      'none',
      'signer',
      'signer',
    ]);
    const retried = items.filter(({ attempts }: { attempts: unknown[] }) => attempts.length === 2);
    expect(retried).toHaveLength(1);
    expect(retried[0].attempts[0]).not.toHaveProperty('status');
  });
});
