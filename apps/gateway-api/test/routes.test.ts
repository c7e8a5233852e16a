import { publicRoutes, type RouteContract, type Routes } from '@contact-sync/api-contracts';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createTestGateway, type TestGateway } from './fakes/test-gateway.ts';

let gateway: TestGateway;

beforeAll(async () => {
  gateway = await createTestGateway({}, {}, publicRoutes);
});

afterEach(() => {
  for (const { seen } of Object.values(gateway.upstreams)) seen.length = 0;
});

afterAll(() => gateway.close());

const every: [string, RouteContract][] = Object.entries(publicRoutes);
const forwarded = every.filter(([, { service }]) => service !== 'gateway-api');

const serviceOf = {
  auth: 'auth-service',
  contact: 'contact-service',
  worker: 'event-worker',
  simulator: 'webhook-simulator',
} as const;

const urlOf = ({ path }: RouteContract) => path.replaceAll(/\{\w+\}/g, '7');
const allSeen = () =>
  Object.entries(gateway.upstreams).flatMap(([name, { seen }]) =>
    seen.map(({ method, url }) => `${serviceOf[name as keyof typeof serviceOf]} ${method} ${url}`),
  );
const ask = (method: string, url: string, headers: Record<string, string> = gateway.bearer) =>
  gateway.app.inject({ method: method as 'GET', url, headers });

describe('the table is the contracts', () => {
  it.each(forwarded)('%s reaches its service', async (_, route) => {
    expect((await ask(route.method, `${urlOf(route)}?x=%2F`)).statusCode).toBe(200);
    expect(allSeen()).toEqual([`${route.service} ${route.method} ${urlOf(route)}?x=%2F`]);
  });

  it.each(forwarded)('%s needs a token unless its contract is public', async (_, route) => {
    const answer = await ask(route.method, urlOf(route), {});
    expect(answer.statusCode).toBe(route.access === 'public' ? 200 : 401);
  });

  it.each([
    '/api/v1',
    '/api/v1/unheard-of',
    '/api/v1/auth',
    '/api/v1/auth/unheard-of',
    '/api/v1/contacts/',
    '/api/v1/contacts/7/unheard-of',
    '/api/v1/simulator/runs/7/unheard-of',
    '/internal/contacts/apply',
    '/docs/package.json',
    '/docs/..swagger-ui.css',
  ])('%s is 404 and goes to nobody', async (url) => {
    for (const method of ['GET', 'POST', 'OPTIONS', 'DELETE']) {
      const answer = await ask(method, url);
      expect([answer.statusCode, answer.json().code]).toEqual([404, 'NOT_FOUND']);
    }
    expect(allSeen()).toEqual([]);
  });

  it.each<[string, Partial<RouteContract>]>([
    ['under /internal/', { path: '/internal/contacts/apply' }],
    ['of ingest, which is no service behind it', { service: 'webhook-ingest' }],
  ])('does not boot with a route %s', async (_, change) => {
    const routes: Routes = { getMe: { ...publicRoutes.getMe, ...change } };
    await expect(createTestGateway({}, {}, routes)).rejects.toThrow(
      /must lie under \/internal|is not behind the gateway/,
    );
  });
});

describe('a method that a path does not take', () => {
  const methodsOf = (path: string) =>
    every.filter(([, route]) => route.path === path).map(([, { method }]) => method);

  it.each(every)('of %s is 405 with those that it takes, and goes to nobody', async (_, route) => {
    const taken = methodsOf(route.path);
    const other = (['DELETE', 'PUT', 'PATCH', 'POST'] as const).find((method) => !taken.includes(method));
    if (other === undefined) return;
    const answer = await ask(other, urlOf(route));
    expect([answer.statusCode, answer.json().code]).toEqual([405, 'METHOD_NOT_ALLOWED']);
    const head = taken.includes('GET') ? ['HEAD'] : [];
    expect(answer.headers.allow).toBe([...taken, ...head, 'OPTIONS'].sort().join(', '));
    expect(allSeen()).toEqual([]);
  });

  it('is told of a path that is spelled with percent signs, decoded once', async () => {
    const once = await ask('DELETE', '/api/v1/%63ontacts');
    expect([once.statusCode, once.headers.allow]).toEqual([405, 'GET, HEAD, OPTIONS, POST']);
    expect((await ask('DELETE', '/api/v1/%2563ontacts')).statusCode).toBe(404);
    expect((await ask('GET', '/api/v1/%63ontacts')).statusCode).toBe(200);
    expect(allSeen()).toEqual(['contact-service GET /api/v1/%63ontacts']);
  });
});

describe('HEAD', () => {
  it('is a GET without a body, at the gateway’s own routes and at those behind', async () => {
    const heads = [await ask('HEAD', '/health'), await ask('HEAD', '/api/v1/contacts/7')];
    expect(heads.map(({ statusCode, body }) => [statusCode, body])).toEqual([
      [200, ''],
      [200, ''],
    ]);
    expect(heads[0]?.headers['content-length']).toBe((await ask('GET', '/health')).headers['content-length']);
    expect(allSeen()).toEqual(['contact-service HEAD /api/v1/contacts/7']);
  });

  it('is not of a path that takes no GET', async () => {
    expect((await ask('HEAD', '/api/v1/auth/login')).statusCode).toBe(405);
  });
});

describe('OPTIONS', () => {
  it('tells without a token what a path takes', async () => {
    const answer = await ask('OPTIONS', '/api/v1/contacts/7', {});
    expect([answer.statusCode, answer.body, answer.headers.allow]).toEqual([
      204,
      '',
      'DELETE, GET, HEAD, OPTIONS, PATCH, PUT',
    ]);
    expect(allSeen()).toEqual([]);
  });
});

describe('GET /openapi.json', () => {
  it('gives the contracts to anybody, and 304 to who has them', async () => {
    const answer = await ask('GET', '/openapi.json', {});
    expect([answer.statusCode, answer.headers['content-type']]).toEqual([
      200,
      'application/json; charset=utf-8',
    ]);
    expect(answer.headers['cache-control']).toBe('public, max-age=300');
    const paths = new Set(every.map(([, { path }]) => path));
    expect(Object.keys(answer.json().paths).sort()).toEqual([...paths].sort());
    const { etag = '' } = answer.headers;
    for (const held of [etag, `"x", W/${etag}`, '*']) {
      const same = await ask('GET', '/openapi.json', { 'if-none-match': held });
      expect([same.statusCode, same.body, same.headers.etag]).toEqual([304, '', etag]);
    }
    expect((await ask('GET', '/openapi.json', { 'if-none-match': '"x"' })).statusCode).toBe(200);
  });
});
