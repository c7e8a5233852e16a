import { createLocalBuckets } from '@contact-sync/redis';
import { afterEach, describe, expect, it } from 'vitest';
import { createTestGateway, type TestGateway } from './fakes/test-gateway.ts';

let gateway: TestGateway | undefined;

afterEach(async () => {
  await gateway?.close();
  gateway = undefined;
});

/** Its buckets do not fill while a test runs. */
const create = async (settings: Readonly<Record<string, string>>) => {
  gateway = await createTestGateway(settings, { buckets: createLocalBuckets(() => 0) });
  return gateway;
};

const ask = ({ app, bearer }: TestGateway, method: 'GET' | 'POST' | 'PUT', url: string, payload?: string) =>
  app.inject({
    method,
    url,
    headers: { ...bearer, ...(payload !== undefined && { 'content-type': 'application/json' }) },
    ...(payload !== undefined && { payload }),
  });

describe('the limit class of a contract', () => {
  it('heavy takes ten of what its caller may ask in a minute', async () => {
    const made = await create({ LIMIT_PER_MINUTE: '12' });
    const answers = [];
    for (let time = 0; time < 2; time += 1) answers.push(await ask(made, 'PUT', '/api/v1/made-up'));
    expect(answers.map(({ statusCode }) => statusCode)).toEqual([200, 429]);
    expect(answers.map(({ headers }) => headers['ratelimit'])).toEqual(['"calls";r=2', '"calls";r=0;t=40']);
    // Eight more tokens at one in five seconds.
    expect(answers[1]?.headers['retry-after']).toBe('40');
    expect((await ask(made, 'GET', '/api/v1/made-up/7')).headers['ratelimit']).toBe('"calls";r=1');
    expect(made.upstreams.worker.seen.length).toBe(2);
  });

  it('heavy is had once from a bucket that holds less', async () => {
    const made = await create({ LIMIT_PER_MINUTE: '4' });
    expect((await ask(made, 'PUT', '/api/v1/made-up')).statusCode).toBe(200);
    expect((await ask(made, 'GET', '/api/v1/made-up/7')).statusCode).toBe(429);
  });

  it('refresh has a bucket of its own, by address', async () => {
    const made = await create({
      REFRESH_LIMIT_PER_MINUTE: '2',
      LOGIN_LIMIT_PER_MINUTE: '1',
      LIMIT_PER_MINUTE: '1',
      TRUSTED_PROXIES: '127.0.0.1',
    });
    const post = async (url: string, address = '203.0.113.7') =>
      (await made.app.inject({ method: 'POST', url, headers: { 'x-forwarded-for': address } })).statusCode;
    const renew = '/api/v1/made-up';
    expect([await post(renew), await post(renew), await post(renew)]).toEqual([200, 200, 429]);
    expect(await post(renew, '203.0.113.8')).toBe(200);
    expect([await post('/api/v1/auth/login'), await post('/api/v1/auth/login')]).toEqual([200, 429]);
    expect((await ask(made, 'GET', '/api/v1/contacts')).statusCode).toBe(200);
  });
});

describe('the body of a request', () => {
  it('is no larger than its contract says, nor than the gateway’s own limit', async () => {
    const made = await create({});
    const put = async (bytes: number) =>
      (await ask(made, 'PUT', '/api/v1/made-up', JSON.stringify('x'.repeat(bytes - 2)))).statusCode;
    expect([await put(2_000), await put(2_001)]).toEqual([200, 413]);
    await made.close();
    const smaller = await create({ BODY_LIMIT_BYTES: '1024' });
    const payload = JSON.stringify('x'.repeat(1_100));
    expect((await ask(smaller, 'PUT', '/api/v1/made-up', payload)).statusCode).toBe(413);
    expect(smaller.upstreams.worker.seen).toEqual([]);
  });

  it('may be there where the contract has none, as long as it is short', async () => {
    const made = await create({});
    const restore = async (payload: string) =>
      (await ask(made, 'POST', '/api/v1/contacts/7/restore', payload)).statusCode;
    expect([await restore('{}'), await restore(JSON.stringify('x'.repeat(1_100)))]).toEqual([200, 413]);
  });
});

describe('the time-out of a request', () => {
  it.each([
    ['its contract’s', 'GET', '/api/v1/made-up/7/haste', {}],
    ['that of heavy ones', 'PUT', '/api/v1/made-up', { HEAVY_TIMEOUT_MS: '150' }],
    ['the usual one', 'GET', '/api/v1/made-up/7', { UPSTREAM_TIMEOUT_MS: '150' }],
  ] as const)('is %s', async (_, method, url, settings) => {
    const made = await create({ UPSTREAM_TIMEOUT_MS: '60000', HEAVY_TIMEOUT_MS: '60000', ...settings });
    made.upstreams.worker.answer = () => undefined;
    const answer = await ask(made, method, url);
    expect([answer.statusCode, answer.json().code]).toEqual([503, 'TIMEOUT']);
  });
});

describe('a service that is away', () => {
  it('is left alone after five requests, and the others are not', async () => {
    const made = await create({});
    await made.upstreams.contact.close();
    const read = () => ask(made, 'GET', '/api/v1/contacts');
    for (let time = 0; time < 5; time += 1) expect((await read()).json().code).toBe('DEPENDENCY_UNAVAILABLE');
    const refused = await read();
    expect([refused.statusCode, refused.json().code, refused.headers['retry-after']]).toEqual([
      503,
      'DEPENDENCY_UNAVAILABLE',
      '1',
    ]);
    expect(refused.body).not.toMatch(/in a row|contact-service/);
    expect((await ask(made, 'GET', '/api/v1/made-up/7')).statusCode).toBe(200);
    const metrics = await made.metrics.registry.metrics();
    expect(metrics).toContain('upstream_left_alone{upstream="contact-service",service="test"} 1');
    expect(metrics).toContain('upstream_left_alone{upstream="event-worker",service="test"} 0');
    expect(metrics).toContain('upstream_left_alone_total{upstream="contact-service",service="test"} 1');
  });
});
