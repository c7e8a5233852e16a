import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createTestGateway, type TestGateway } from './fakes/test-gateway.ts';

let gateway: TestGateway;

beforeEach(async () => {
  gateway = await createTestGateway({ CORS_ORIGINS: 'https://app.example,http://localhost:5173' });
});

afterEach(() => gateway.close());

const long = JSON.stringify({ notes: 'x'.repeat(5_000) });
const exactly = (bytes: number) => JSON.stringify('x'.repeat(bytes - 2));

const answerWith = (body: string, headers: Record<string, string> = {}, status = 200) => {
  gateway.upstreams.contact.answer = (_, response) =>
    response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', ...headers }).end(body);
};

const ask = (headers: Record<string, string> = {}, method: 'GET' | 'HEAD' | 'PATCH' = 'GET') =>
  gateway.app.inject({ method, url: '/api/v1/contacts/7', headers: { ...gateway.bearer, ...headers } });

describe('JSON of a kilobyte and more', () => {
  it.each([
    ['gzip', 'gzip', gunzipSync],
    ['br', 'br', brotliDecompressSync],
    ['gzip, deflate, br', 'br', brotliDecompressSync],
    ['br;q=0, gzip;q=0.5', 'gzip', gunzipSync],
  ])('is compressed for who accepts %s', async (accepted, encoding, decompress) => {
    for (const length of [{}, { 'content-length': String(long.length) }]) {
      answerWith(long, length);
      const answer = await ask({ 'accept-encoding': accepted });
      expect(answer.headers['content-encoding']).toBe(encoding);
      expect(answer.headers.vary).toBe('origin, accept-encoding');
      expect(decompress(answer.rawPayload).toString()).toBe(long);
      expect(answer.rawPayload.length).toBeLessThan(200);
    }
  });

  it('is of the gateway’s own too', async () => {
    const headers = { 'accept-encoding': 'gzip' };
    const answer = await gateway.app.inject({ url: '/openapi.json', headers });
    expect(answer.headers['content-encoding']).toBe('gzip');
    expect(JSON.parse(gunzipSync(answer.rawPayload).toString()).openapi).toBe('3.1.1');
  });

  it.each([
    ['nobody asked', {}],
    ['only others are accepted', { 'accept-encoding': 'zstd, deflate' }],
    ['identity is asked for', { 'accept-encoding': 'identity' }],
  ])('is left as it is where %s, and says on what that depends', async (_, headers) => {
    answerWith(long);
    const answer = await ask(headers);
    expect([answer.headers['content-encoding'], answer.body]).toEqual([undefined, long]);
    expect(answer.headers.vary).toContain('accept-encoding');
  });

  it('begins at 1,024 bytes', async () => {
    const encodingOf = async (bytes: number) => {
      answerWith(exactly(bytes), { 'content-length': String(bytes) });
      return (await ask({ 'accept-encoding': 'gzip' })).headers['content-encoding'];
    };
    expect([await encodingOf(1_023), await encodingOf(1_024)]).toEqual([undefined, 'gzip']);
  });

  it.each<[string, string, Record<string, string>, number]>([
    ['a stream of events', long, { 'content-type': 'text/event-stream' }, 200],
    ['another type', long, { 'content-type': 'text/plain' }, 200],
    ['what is encoded already', long, { 'content-encoding': 'zstd' }, 200],
    ['what must not be transformed', long, { 'cache-control': 'no-transform' }, 200],
    ['304', '', {}, 304],
    ['204', '', {}, 204],
  ])('is all that is compressed: not %s', async (_, body, headers, status) => {
    answerWith(body, headers, status);
    const answer = await ask({ 'accept-encoding': 'gzip, br' });
    expect([answer.statusCode, answer.body]).toEqual([status, body]);
    expect(answer.headers['content-encoding']).toBe(headers['content-encoding']);
  });

  it('is not compressed for HEAD', async () => {
    answerWith('', { 'content-length': '5000' });
    const answer = await ask({ 'accept-encoding': 'gzip' }, 'HEAD');
    expect([answer.headers['content-encoding'], answer.headers['content-length'], answer.body]).toEqual([
      undefined,
      '5000',
      '',
    ]);
  });

  it('keeps the ETag of its version, which goes back as it came', async () => {
    answerWith(long, { etag: '"7"' });
    const answer = await ask({ 'accept-encoding': 'gzip' });
    const { etag = '' } = answer.headers;
    expect([answer.headers['content-encoding'], etag]).toEqual(['gzip', '"7"']);
    await ask({ 'if-match': etag }, 'PATCH');
    await ask({ 'if-none-match': etag });
    const [, patch, get] = gateway.upstreams.contact.seen;
    expect([patch?.headers['if-match'], get?.headers['if-none-match']]).toEqual(['"7"', '"7"']);
  });

  it('frees its place at the service once it is out', async () => {
    await gateway.close();
    gateway = await createTestGateway({ UPSTREAM_REQUESTS: '1', UPSTREAM_REQUESTS_WAITING: '1' });
    answerWith(long);
    for (let time = 0; time < 5; time += 1) {
      expect((await ask({ 'accept-encoding': 'gzip' })).statusCode).toBe(200);
    }
  });
});

describe('a script of another origin', () => {
  it('may read the answer where the origin is listed', async () => {
    answerWith('{}', { 'access-control-allow-origin': '*', vary: 'Prefer' });
    const answer = await ask({ origin: 'https://app.example' });
    expect(answer.headers['access-control-allow-origin']).toBe('https://app.example');
    expect(answer.headers['access-control-allow-credentials']).toBeUndefined();
    expect(answer.headers['access-control-expose-headers']?.toString().split(', ')).toEqual([
      'etag',
      'location',
      'ratelimit',
      'ratelimit-policy',
      'retry-after',
      'x-request-id',
    ]);
    expect(answer.headers.vary).toBe('prefer, origin, accept-encoding');
  });

  it.each([
    ['401', { url: '/api/v1/contacts' }],
    ['404', { url: '/nowhere' }],
    ['405', { method: 'DELETE', url: '/health' }],
  ] as const)('may read a %s too', async (status, request) => {
    const headers = { origin: 'http://localhost:5173' };
    const answer = await gateway.app.inject({ ...request, headers });
    expect(answer.statusCode).toBe(Number(status));
    expect(answer.headers['access-control-allow-origin']).toBe('http://localhost:5173');
  });

  it.each(['https://evil.example', 'https://app.example.evil', 'http://app.example', 'null'])(
    'of %s may not',
    async (origin) => {
      answerWith('{}', { 'access-control-allow-origin': '*', 'access-control-allow-credentials': 'true' });
      const answer = await ask({ origin });
      expect(answer.headers['access-control-allow-origin']).toBeUndefined();
      expect(answer.headers.vary).toContain('origin');
    },
  );

  const preflight = (origin: string, url = '/api/v1/contacts/7') =>
    gateway.app.inject({
      method: 'OPTIONS',
      url,
      headers: {
        origin,
        'access-control-request-method': 'PATCH',
        'access-control-request-headers': 'authorization,if-match',
      },
    });

  it('is told before what it may send, without a token', async () => {
    const answer = await preflight('https://app.example');
    expect([answer.statusCode, answer.body]).toEqual([204, '']);
    expect(answer.headers['access-control-allow-origin']).toBe('https://app.example');
    expect(answer.headers['access-control-allow-methods']).toContain('PATCH');
    for (const name of ['authorization', 'content-type', 'if-match', 'idempotency-key']) {
      expect(answer.headers['access-control-allow-headers']).toContain(name);
    }
    expect(gateway.upstreams.contact.seen).toEqual([]);
  });

  it('is told nothing where its origin is not listed, or the path leads nowhere', async () => {
    const other = await preflight('https://evil.example');
    expect([other.statusCode, other.headers['access-control-allow-methods']]).toEqual([204, undefined]);
    expect((await preflight('https://app.example', '/nowhere')).statusCode).toBe(404);
  });

  it('may read nothing where no origin is listed', async () => {
    await gateway.close();
    gateway = await createTestGateway();
    answerWith('{}', { 'access-control-allow-origin': '*' });
    const answer = await ask({ origin: 'https://app.example' });
    expect(answer.headers['access-control-allow-origin']).toBeUndefined();
    expect(answer.headers.vary).toBe('accept-encoding');
  });
});
