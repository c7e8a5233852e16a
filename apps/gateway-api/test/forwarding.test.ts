import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createTestGateway, type TestGateway } from './fakes/test-gateway.ts';

let gateway: TestGateway;

beforeEach(async () => {
  gateway = await createTestGateway();
});

afterEach(() => gateway.close());

const seenUrls = () =>
  Object.entries(gateway.upstreams).flatMap(([name, { seen }]) => seen.map(({ url }) => `${name} ${url}`));

describe('a request of the table', () => {
  it.each([
    ['GET', '/api/v1/auth/me', 'auth'],
    ['GET', '/api/v1/contacts', 'contact'],
    ['GET', '/api/v1/contacts?q=a%20b&limit=5&q=%2F..%2F', 'contact'],
    [
      'GET',
      '/api/v1/contacts?sort=-lastName&email=a%2Bb%40c&status=lead&company=A%26B&tag=x%20y&source=api&updatedSince=2026-01-01T00%3A00%3A00%2B01%3A00&q=%C3%85&includeDeleted=true&cursor=abc-_',
      'contact',
    ],
    ['POST', '/api/v1/contacts', 'contact'],
    ['PUT', '/api/v1/contacts/7', 'contact'],
    ['PATCH', '/api/v1/contacts/7', 'contact'],
    ['DELETE', '/api/v1/contacts/7', 'contact'],
    ['POST', '/api/v1/contacts/7/restore', 'contact'],
    ['GET', '/api/v1/contacts/7/history', 'contact'],
    ['GET', '/api/v1/contacts/7/acme', 'contact'],
    ['POST', '/api/v1/mappings/preview', 'contact'],
    ['GET', '/api/v1/made-up/evt_1', 'worker'],
    ['GET', '/api/v1/made-up/evt%20%C3%A9', 'worker'],
    ['POST', '/api/v1/simulator/runs', 'simulator'],
  ] as const)('%s %s reaches its service as it came', async (method, url, upstream) => {
    const answer = await gateway.app.inject({ method, url, headers: gateway.bearer });
    expect([answer.statusCode, answer.json()]).toEqual([200, {}]);
    expect(seenUrls()).toEqual([`${upstream} ${url}`]);
    expect(gateway.upstreams[upstream].seen[0]?.method).toBe(method);
  });

  it.each([
    ['POST', '/api/v1/auth/login'],
    ['POST', '/oauth2/token'],
    ['GET', '/.well-known/jwks.json'],
  ] as const)('%s %s needs no token', async (method, url) => {
    expect((await gateway.app.inject({ method, url })).statusCode).toBe(200);
    expect(seenUrls()).toEqual([`auth ${url}`]);
  });

  it.each([
    '/api/v1/auth/me',
    '/api/v1/contacts',
    '/api/v1/contacts/7/history',
    '/api/v1/mappings',
    '/api/v1/made-up/1',
    '/api/v1/simulator/runs/1',
  ])('GET %s needs a token for the public audience', async (url) => {
    expect((await gateway.app.inject(url)).statusCode).toBe(401);
    const internal = gateway.issuer.machineToken(['contacts:apply'], { aud: 'contact-service' });
    const headers = { authorization: `Bearer ${internal}` };
    expect((await gateway.app.inject({ url, headers })).statusCode).toBe(401);
    expect(seenUrls()).toEqual([]);
  });

  it.each([
    '/internal/contacts/apply',
    '/api/v1/internal',
    '/api/v1',
    '/api/v1/contactsx',
    '/api/v1/usersx',
    '/metrics',
    '/readyz',
    '/oauth2/token/x',
    '/oauth2',
    '/API/V1/contacts',
    '/%69nternal/contacts/apply',
  ])('is not %s', async (url) => {
    const answer = await gateway.app.inject({ method: 'POST', url, headers: gateway.bearer });
    expect([answer.statusCode, answer.json().code]).toEqual([404, 'NOT_FOUND']);
    expect(seenUrls()).toEqual([]);
  });
});

describe('a body', () => {
  it('is passed on byte for byte, whatever it holds', async () => {
    const payload = '{"a": 1, "a": 2,  "__proto__": 1e400, "é": "\\ud800"}';
    const headers = { ...gateway.bearer, 'content-type': 'application/json; charset=utf-8' };
    await gateway.app.inject({ method: 'POST', url: '/api/v1/contacts', headers, payload });
    const [seen] = gateway.upstreams.contact.seen;
    expect(seen?.body).toBe(payload);
    expect(seen?.headers['content-type']).toBe('application/json; charset=utf-8');
  });

  it.each(['text/plain', 'application/merge-patch+json', 'application/x-www-form-urlencoded'])(
    'of type %s is the business of the service behind',
    async (type) => {
      const headers = { ...gateway.bearer, 'content-type': type };
      await gateway.app.inject({ method: 'PATCH', url: '/api/v1/contacts/7', headers, payload: 'a=b' });
      expect(gateway.upstreams.contact.seen[0]).toMatchObject({
        body: 'a=b',
        headers: { 'content-type': type },
      });
    },
  );

  it('of a type that is none is 415', async () => {
    const headers = { ...gateway.bearer, 'content-type': 'odd' };
    const answer = await gateway.app.inject({
      method: 'PATCH',
      url: '/api/v1/contacts/7',
      headers,
      payload: 'a=b',
    });
    expect([answer.statusCode, answer.json().code]).toEqual([415, 'UNSUPPORTED_MEDIA_TYPE']);
    expect(seenUrls()).toEqual([]);
  });

  it('may be missing', async () => {
    const answer = await gateway.app.inject({
      method: 'POST',
      url: '/api/v1/contacts/7/restore',
      headers: gateway.bearer,
    });
    expect(answer.statusCode).toBe(200);
  });

  it('of a GET is dropped', async () => {
    const headers = { ...gateway.bearer, 'content-type': 'application/json', 'content-length': '7' };
    const answer = await gateway.app.inject({ url: '/api/v1/contacts', headers, payload: '{"a":1}' });
    expect(answer.statusCode).toBe(200);
    expect(gateway.upstreams.contact.seen[0]?.body).toBe('');
  });
});

describe('an answer', () => {
  it('is passed on with its status, headers and body', async () => {
    gateway.upstreams.contact.answer = (_, response) =>
      response
        .writeHead(412, {
          'content-type': 'application/problem+json',
          etag: '"7"',
          'cache-control': 'no-cache',
        })
        .end('{"code":"PRECONDITION_FAILED"}');
    const answer = await gateway.app.inject({ url: '/api/v1/contacts/7', headers: gateway.bearer });
    expect([answer.statusCode, answer.body]).toEqual([412, '{"code":"PRECONDITION_FAILED"}']);
    expect(answer.headers).toMatchObject({
      'content-type': 'application/problem+json',
      etag: '"7"',
      'cache-control': 'no-cache',
      'x-content-type-options': 'nosniff',
    });
  });

  it('to a HEAD has the headers and no body', async () => {
    const request = { method: 'HEAD', url: '/api/v1/contacts', headers: gateway.bearer } as const;
    const answer = await gateway.app.inject(request);
    expect([answer.statusCode, answer.body]).toEqual([200, '']);
    expect(answer.headers['content-type']).toBe('application/json');
    expect(gateway.upstreams.contact.seen[0]?.method).toBe('HEAD');
  });

  it('tells nothing of the server behind', async () => {
    gateway.upstreams.contact.answer = (_, response) =>
      response.writeHead(200, { server: 'inside', 'x-powered-by': 'inside', 'x-request-id': 'inside' }).end();
    const answer = await gateway.app.inject({ url: '/api/v1/contacts/7', headers: gateway.bearer });
    expect(JSON.stringify(answer.headers)).not.toContain('inside');
  });

  it('of 503 comes at once and once, with what the service says about coming again', async () => {
    gateway.upstreams.contact.answer = (_, response) =>
      response.writeHead(503, { 'retry-after': '7' }).end('{"code":"DEPENDENCY_UNAVAILABLE"}');
    const answer = await gateway.app.inject({ url: '/api/v1/contacts', headers: gateway.bearer });
    expect([answer.statusCode, answer.headers['retry-after']]).toEqual([503, '7']);
    expect(gateway.upstreams.contact.seen.length).toBe(1);
  });
});

describe('a service that does not answer', () => {
  const expectUnavailable = async (code: string) => {
    const answer = await gateway.app.inject({ url: '/api/v1/contacts', headers: gateway.bearer });
    expect([answer.statusCode, answer.json().code, answer.headers['retry-after']]).toEqual([503, code, '1']);
    expect(answer.headers['content-type']).toContain('application/problem+json');
    expect(answer.body).not.toMatch(/ECONN|127\.0\.0\.1|undici|socket/i);
  };

  it('because it is away is a 503 with Retry-After that says nothing of the inside', async () => {
    await gateway.upstreams.contact.close();
    await expectUnavailable('DEPENDENCY_UNAVAILABLE');
  });

  it('because it hangs up is the same', async () => {
    gateway.upstreams.contact.answer = (request) => request.socket.destroy();
    await expectUnavailable('DEPENDENCY_UNAVAILABLE');
  });

  it('because it talks no HTTP is the same', async () => {
    gateway.upstreams.contact.answer = (request) => request.socket.end('SSH-2.0-OpenSSH\r\n\r\n');
    await expectUnavailable('DEPENDENCY_UNAVAILABLE');
  });

  it('in time is the same, with its own code', async () => {
    await gateway.close();
    gateway = await createTestGateway({ UPSTREAM_TIMEOUT_MS: '300' });
    gateway.upstreams.contact.answer = () => undefined;
    await expectUnavailable('TIMEOUT');
  });

  it('leaves the other services reachable', async () => {
    await gateway.upstreams.contact.close();
    const answer = await gateway.app.inject({ url: '/api/v1/made-up/1', headers: gateway.bearer });
    expect(answer.statusCode).toBe(200);
  });
});

describe('GET /health', () => {
  it('is a short public answer', async () => {
    const answer = await gateway.app.inject('/health');
    expect([answer.statusCode, answer.json()]).toEqual([200, { status: 'ok' }]);
  });
});
