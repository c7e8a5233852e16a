import { describe, expect, it, vi } from 'vitest';
import { ApiProblem } from '../src/api-problem.ts';
import { createClient } from '../src/create-client.ts';
import { NoAnswer } from '../src/no-answer.ts';
import { type Reply, type Seen, startApiServer } from './api-server.ts';

const id = '7f6b1c1e-50a4-5c7b-9a55-0a3f1d2c4b6e';
const people = { email: 'ada@example.com', password: 'secret' };
const fields = { firstName: 'Ada', lastName: 'Lovelace', email: 'ada@example.com' };

const grant = (token: string, expiresIn = 600): Reply => ({
  status: 200,
  body: { accessToken: token, tokenType: 'Bearer', expiresIn },
});

const problem = (status: number, code: string, headers: Record<string, string> = {}): Reply => ({
  status,
  headers: { 'content-type': 'application/problem+json', ...headers },
  body: {
    code,
    detail: 'Not now.',
    requestId: 'r-1',
    errors: [{ pointer: '/email', detail: 'is required' }],
  },
});

const isLogin = ({ url }: Seen): boolean => url === '/api/v1/auth/login';
const soon = { 'retry-after': '0' };

describe('a client of the gateway', () => {
  it('logs in once for all calls and sends the token', async () => {
    await using server = await startApiServer((request) =>
      isLogin(request) ? grant('one') : { status: 200, headers: { etag: '"3"' }, body: { id } },
    );
    const client = createClient({ baseUrl: `${server.url}/`, credentials: people });
    const [first] = await Promise.all([client.getContact({ params: { id } }), client.getMe()]);
    expect(first).toMatchObject({ status: 200, etag: '"3"', body: { id } });
    expect(server.seen.filter(isLogin).map(({ body }) => JSON.parse(body))).toEqual([people]);
    expect(
      server.seen.filter((request) => !isLogin(request)).map(({ headers }) => headers.authorization),
    ).toEqual(['Bearer one', 'Bearer one']);
  });

  it("calls the platform's fetch as browsers want it: of nothing else", async () => {
    const seen: unknown[] = [];
    vi.stubGlobal('fetch', async function (this: unknown) {
      seen.push(this);
      return Response.json({ status: 'ok' });
    });
    await createClient({ baseUrl: 'http://gateway.test' }).health();
    vi.unstubAllGlobals();
    expect(seen).toEqual([undefined]);
  });

  it('goes on in its session when a token is refused, and logs in anew when the session has ended', async () => {
    let count = 0;
    const pair = (): Reply => {
      count += 1;
      const tokens = { accessToken: `a${count}`, refreshToken: `r${count}` };
      return { status: 200, body: { ...tokens, tokenType: 'Bearer', expiresIn: 600, refreshExpiresIn: 9 } };
    };
    let good = 'a1';
    await using server = await startApiServer(({ url, headers, body }) => {
      if (url === '/api/v1/auth/login') return pair();
      if (url === '/api/v1/auth/refresh')
        return body.includes('r2') ? problem(401, 'INVALID_CREDENTIALS') : pair();
      return headers.authorization === `Bearer ${good}`
        ? { status: 200, body: {} }
        : problem(401, 'UNAUTHENTICATED');
    });
    const client = createClient({ baseUrl: server.url, credentials: people });
    for (const token of ['a1', 'a2', 'a3']) {
      good = token;
      expect((await client.getMe()).status).toBe(200);
    }
    const granting = server.seen.filter(({ url }) => /login|refresh/.test(url));
    expect(granting.map(({ url, body }) => [url.split('/').at(-1), JSON.parse(body).refreshToken])).toEqual([
      ['login', undefined],
      ['refresh', 'r1'],
      ['refresh', 'r2'],
      ['login', undefined],
    ]);
  });

  it('gets a token of a machine with a form, and renews one that was refused, once', async () => {
    let grants = 0;
    await using server = await startApiServer(({ url, headers }) => {
      if (url === '/oauth2/token') {
        grants += 1;
        return { status: 200, body: { access_token: `t${grants}`, expires_in: 600 } };
      }
      return headers.authorization === 'Bearer t2'
        ? { status: 200, body: {} }
        : problem(401, 'UNAUTHENTICATED');
    });
    const client = createClient({
      baseUrl: server.url,
      credentials: { clientId: 'crm', clientSecret: 'a+b%' },
    });
    expect(await client.getMe()).toMatchObject({ status: 200 });
    expect(server.seen.map(({ url }) => url)).toEqual([
      '/oauth2/token',
      '/api/v1/auth/me',
      '/oauth2/token',
      '/api/v1/auth/me',
    ]);
    expect(Object.fromEntries(new URLSearchParams(server.seen[0]?.body))).toEqual({
      grant_type: 'client_credentials',
      client_id: 'crm',
      client_secret: 'a+b%',
      audience: 'integration-api',
    });
  });

  it('does not send again with a token that it was given and that was refused', async () => {
    await using server = await startApiServer(() => problem(401, 'UNAUTHENTICATED'));
    const client = createClient({ baseUrl: server.url, credentials: { accessToken: 't' } });
    await expect(client.getMe()).rejects.toMatchObject({ status: 401 });
    expect(server.seen).toHaveLength(1);
  });

  it('renews a token before it expires', async () => {
    let grants = 0;
    await using server = await startApiServer((request) => {
      if (!isLogin(request)) return { status: 200, body: {} };
      grants += 1;
      return grant(`t${grants}`, 0);
    });
    const client = createClient({ baseUrl: server.url, credentials: people });
    await client.getMe();
    await client.getMe();
    expect(
      server.seen.filter((request) => !isLogin(request)).map(({ headers }) => headers.authorization),
    ).toEqual(['Bearer t1', 'Bearer t2']);
  });

  it('throws a problem with its code, its pointers and the id that stands in the logs', async () => {
    await using server = await startApiServer(() => problem(400, 'INVALID_BODY'));
    const client = createClient({ baseUrl: server.url, credentials: { accessToken: 't' } });
    await expect(client.createContact({ body: fields })).rejects.toMatchObject({
      name: 'ApiProblem',
      status: 400,
      code: 'INVALID_BODY',
      requestId: 'r-1',
      errors: [{ pointer: '/email', detail: 'is required' }],
    });
    expect(server.seen).toHaveLength(1);
  });

  it('throws what is no problem+json as an unknown problem', async () => {
    await using server = await startApiServer(() => ({ status: 500, body: 'oops' }));
    const client = createClient({ baseUrl: server.url });
    await expect(client.health()).rejects.toMatchObject({ status: 500, code: 'UNKNOWN', errors: [] });
  });

  it.each<[string, Reply]>([
    ['503 with Retry-After', problem(503, 'DEPENDENCY_UNAVAILABLE', soon)],
    ['429', problem(429, 'RATE_LIMITED', soon)],
    ['a cut connection', 'cut'],
  ])('tries a change again after %s, under the same Idempotency-Key', async (_, failure) => {
    await using server = await startApiServer((_request, count) =>
      count < 3 ? failure : { status: 201, body: { id } },
    );
    const client = createClient({ baseUrl: server.url, credentials: { accessToken: 't' } });
    expect(await client.createContact({ body: fields })).toMatchObject({ status: 201, body: { id } });
    const keys = server.seen.map(({ headers }) => headers['idempotency-key']);
    expect(keys).toHaveLength(3);
    expect(new Set(keys).size).toBe(1);
    expect(keys[0]).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('gives up after its attempts with the last problem', async () => {
    await using server = await startApiServer(() => problem(503, 'OVERLOADED', soon));
    const client = createClient({ baseUrl: server.url, retry: { attempts: 2 } });
    await expect(client.health()).rejects.toMatchObject({ code: 'OVERLOADED', retryAfterMs: 0 });
    expect(server.seen).toHaveLength(2);
  });

  it.each<['cut' | 'silence', string]>([
    ['cut', 'GET /health got no answer: '],
    ['silence', 'GET /health got no answer: The operation was aborted due to timeout'],
  ])('says that there was no answer, and to what, after a %s', async (reply, message) => {
    await using server = await startApiServer(() => reply);
    const client = createClient({ baseUrl: server.url, retry: { attempts: 1 }, timeoutMs: 200 });
    const error: unknown = await client.health().catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(NoAnswer);
    expect(error instanceof NoAnswer && error.message).toContain(message);
  });

  it('does not wait longer than it may', async () => {
    await using server = await startApiServer(() => problem(429, 'RATE_LIMITED', { 'retry-after': '3600' }));
    const client = createClient({ baseUrl: server.url });
    const refused: unknown = await client.health().catch((error: unknown) => error);
    expect(refused).toMatchObject({ code: 'RATE_LIMITED', retryAfterMs: 3_600_000 });
    expect(refused instanceof ApiProblem && refused.headers.get('retry-after')).toBe('3600');
    expect(server.seen).toHaveLength(1);
  });

  it('sends a change without an Idempotency-Key once only', async () => {
    await using server = await startApiServer(() => problem(503, 'OVERLOADED', soon));
    const client = createClient({ baseUrl: server.url, credentials: { accessToken: 't' } });
    await expect(client.startRun({ body: {} })).rejects.toMatchObject({ code: 'OVERLOADED' });
    expect(server.seen).toHaveLength(1);
  });

  it('ends a call and its waits when it is told to', async () => {
    await using server = await startApiServer(() => 'silence');
    const client = createClient({ baseUrl: server.url });
    const stop = new AbortController();
    const call = client.health({}, { signal: stop.signal });
    stop.abort(new Error('enough'));
    await expect(call).rejects.toThrow('enough');
  });

  it('passes conditions on, and gives 304 as an answer', async () => {
    await using server = await startApiServer(({ method }) =>
      method === 'GET' ? { status: 304, headers: { etag: '"3"' } } : { status: 200, body: { id } },
    );
    const client = createClient({ baseUrl: server.url, credentials: { accessToken: 't' } });
    const read = await client.getContact({ params: { id }, ifNoneMatch: '"3"' });
    expect([read.status, read.etag, read.body]).toEqual([304, '"3"', undefined]);
    await client.patchContact({
      params: { id },
      body: { title: null },
      ifMatch: '"3"',
      idempotencyKey: 'mine',
    });
    expect(server.seen[0]?.headers['if-none-match']).toBe('"3"');
    expect(server.seen[1]?.headers).toMatchObject({ 'if-match': '"3"', 'idempotency-key': 'mine' });
  });

  it('sends the headers of a call, beneath those that it makes itself', async () => {
    await using server = await startApiServer(() => ({ status: 200, body: { id } }));
    const client = createClient({ baseUrl: server.url, credentials: { accessToken: 't' } });
    const headers = { 'Cache-Control': 'no-cache', 'If-None-Match': '"9"', Authorization: 'Bearer mine' };
    await client.getContact({ params: { id }, ifNoneMatch: '"3"' }, { headers });
    expect(server.seen[0]?.headers).toMatchObject({
      'cache-control': 'no-cache',
      'if-none-match': '"3"',
      authorization: 'Bearer t',
    });
  });

  it('reads answers as it is told to, so that digits that fit in no double stay', async () => {
    const digits = '12345678901234567890';
    const record = { id: 'a', big: JSON.rawJSON(digits) };
    await using server = await startApiServer(() => ({ status: 200, body: { record } }));
    const asText = (_: string, value: unknown, context?: { source: string }) =>
      typeof value === 'number' ? context?.source : value;
    const options = { baseUrl: server.url, credentials: { accessToken: 't' } };
    const exact = createClient({ ...options, parse: (text) => JSON.parse(text, asText) });
    expect((await exact.getAcmeRecord({ params: { id } })).body.record).toEqual({ id: 'a', big: digits });
    const rounded = await createClient(options).getAcmeRecord({ params: { id } });
    expect(rounded.body.record).toEqual({ id: 'a', big: 12345678901234567000 });
  });

  it('walks a list to its end by the cursors, short and empty pages too', async () => {
    const pages: Record<string, unknown> = {
      '': { items: [{ id: 'a' }, { id: 'b' }], nextCursor: '1' },
      '1': { items: [], nextCursor: '2' },
      '2': { items: [{ id: 'c' }] },
    };
    await using server = await startApiServer(({ url }) => {
      const cursor = new URL(url, 'http://x').searchParams.get('cursor') ?? '';
      return { status: 200, body: pages[cursor] };
    });
    const client = createClient({ baseUrl: server.url, credentials: { accessToken: 't' } });
    const ids: string[] = [];
    for await (const contact of client.each.listContacts({ query: { tag: 'a&b', limit: 2 } }))
      ids.push(contact.id);
    expect(ids).toEqual(['a', 'b', 'c']);
    expect(server.seen[0]?.url).toBe('/api/v1/contacts?tag=a%26b&limit=2');
    expect(server.seen).toHaveLength(3);
  });

  it('does not walk a list in a circle', async () => {
    await using server = await startApiServer(() => ({
      status: 200,
      body: { items: [], nextCursor: 'same' },
    }));
    const client = createClient({ baseUrl: server.url, credentials: { accessToken: 't' } });
    await expect(client.each.listContacts({}).next()).rejects.toThrow('goes in a circle');
    expect(server.seen).toHaveLength(2);
  });

  it('keeps a parameter within its segment', async () => {
    await using server = await startApiServer(() => ({ status: 200, body: {} }));
    const client = createClient({ baseUrl: server.url, credentials: { accessToken: 't' } });
    await client.getRun({ params: { id: 'a/../b?c' } });
    expect(server.seen[0]?.url).toBe('/api/v1/simulator/runs/a%2F..%2Fb%3Fc');
    await expect(client.getRun({ params: { id: '..' } })).rejects.toThrow('the parameter id is not usable');
  });
});
