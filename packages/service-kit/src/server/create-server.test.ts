import { gzipSync } from 'node:zlib';
import { AppError } from '@contact-sync/domain';
import { Type } from 'typebox';
import { describe, expect, it } from 'vitest';
import { createLogger } from '../logger.ts';
import { createMetrics } from '../ops/metrics.ts';
import { createServer } from './create-server.ts';

const create = async () => {
  const metrics = createMetrics('test');
  const app = await createServer({ logger: createLogger({ service: 'test', level: 'silent' }), metrics });
  app.post(
    '/things',
    {
      config: { public: true },
      schema: { body: Type.Object({ size: Type.Integer() }, { additionalProperties: false }) },
    },
    async (request) => request.body,
  );
  app.get(
    '/things',
    {
      config: { public: true },
      schema: { querystring: Type.Object({ limit: Type.Integer({ default: 5 }) }) },
    },
    async (request) => ({ limit: request.query.limit }),
  );
  app.delete('/things/:id/parts/*', { config: { public: true } }, async () => ({}));
  app.get('/broken', { config: { public: true } }, async () => {
    throw new Error('password is hunter2');
  });
  app.get('/busy', { config: { public: true } }, async () => {
    throw new AppError('OVERLOADED', {
      message: 'Too much at once.',
      retryAfterMs: 2_500,
      internal: 'queue 9',
    });
  });
  return { app, metrics };
};

const post = async (payload: string | Buffer, contentType = 'application/json') => {
  const { app } = await create();
  return app.inject({ method: 'POST', url: '/things', payload, headers: { 'content-type': contentType } });
};

describe('createServer', () => {
  it('refuses unknown members with their pointer instead of dropping them', async () => {
    const answer = await post('{"size":1,"id":"x","a/b":2}');
    expect(answer.statusCode).toBe(400);
    expect(answer.headers['content-type']).toContain('application/problem+json');
    expect(answer.json()).toMatchObject({
      code: 'INVALID_BODY',
      status: 400,
      errors: [
        { pointer: '/id', detail: 'is not a known member' },
        { pointer: '/a~1b', detail: 'is not a known member' },
      ],
    });
  });

  it.each([
    ['PUT', '/things?limit=1', 'GET, HEAD, POST'],
    ['PUT', '/%74hings', 'GET, HEAD, POST'],
    ['POST', '/things/7/parts/a/b', 'DELETE'],
    ['GET', '/things/7/parts/', 'DELETE'],
  ] as const)('answers %s %s as 405 and says what is allowed', async (method, url, allow) => {
    const { app } = await create();
    const answer = await app.inject({ method, url });
    expect([answer.statusCode, answer.headers['allow'], answer.json().code]).toEqual([
      405,
      allow,
      'METHOD_NOT_ALLOWED',
    ]);
  });

  it.each(['/', '/thing', '/things/', '/things/7', '/things//parts/a', '/things/7/parts', '/%2574hings'])(
    'answers 404 to %s, which leads nowhere',
    async (url) => {
      const { app } = await create();
      const answer = await app.inject({ method: 'PATCH', url });
      expect([answer.statusCode, answer.json().code]).toEqual([404, 'NOT_FOUND']);
    },
  );

  it('reads names with escapes rightly, whatever was read before', async () => {
    const nameOf = async (body: string) => (await post(body)).json().errors[0].pointer;
    expect(await nameOf(String.raw`{"size":1,"\\":0}`)).toBe('/\\');
    expect(await nameOf(String.raw`{"size":1,"\"":0}`)).toBe('/"');
  });

  it('skips a byte order mark, and takes the charset that every body has', async () => {
    expect((await post('\ufeff{"size":1}', 'application/json; charset="UTF-8"')).json()).toEqual({ size: 1 });
  });

  it('refuses bytes that are no UTF-8 instead of replacing them', async () => {
    const answer = await post(Buffer.from([...Buffer.from('{"size":"Jos'), 0xe9, ...Buffer.from('"}')]));
    expect([answer.statusCode, answer.json().code]).toEqual([400, 'MALFORMED_BODY']);
  });

  it('says which member is there twice', async () => {
    expect((await post('{"size":1,"size":2}')).json().errors).toEqual([
      { pointer: '/size', detail: 'is there twice' },
    ]);
  });

  it('takes a number however it is spelled, and refuses one that it would round', async () => {
    expect((await post('{"size":1e1}')).json()).toEqual({ size: 10 });
    expect((await post('{"size":12345678901234567890}')).json().errors[0].pointer).toBe('/size');
  });

  it('answers a compressed body with what it takes instead', async () => {
    const { app } = await create();
    const answer = await app.inject({
      method: 'POST',
      url: '/things',
      payload: gzipSync('{"size":1}'),
      headers: { 'content-type': 'application/json', 'content-encoding': 'gzip' },
    });
    expect([answer.statusCode, answer.json().code]).toEqual([415, 'UNSUPPORTED_MEDIA_TYPE']);
    expect(answer.headers['accept-encoding']).toBe('identity');
  });

  it('takes the content type of a body that is not there, where none is asked for', async () => {
    const { app } = await create();
    const headers = { 'content-type': 'application/json' };
    expect((await app.inject({ method: 'DELETE', url: '/things/7/parts/a', headers })).statusCode).toBe(200);
  });

  it('never coerces a body', async () => {
    expect((await post('{"size":"1"}')).json().errors).toEqual([
      { pointer: '/size', detail: 'must be integer' },
    ]);
  });

  it('coerces a query and fills in its defaults', async () => {
    const { app } = await create();
    expect((await app.inject('/things')).json()).toEqual({ limit: 5 });
    expect((await app.inject('/things?limit=7')).json()).toEqual({ limit: 7 });
    expect((await app.inject('/things?limit=x')).json().code).toBe('INVALID_PARAMETER');
  });

  it.each([
    ['not json', 'application/json', 400, 'MALFORMED_BODY'],
    ['', 'application/json', 400, 'MALFORMED_BODY'],
    ['{"__proto__":{"size":1},"size":1}', 'application/json', 400, 'INVALID_BODY'],
    ['{"constructor":{"prototype":1},"size":1}', 'application/json', 400, 'INVALID_BODY'],
    ['{"size":1,"s\\u0069ze":2}', 'application/json', 400, 'INVALID_BODY'],
    ['{"size":1}', 'application/json; charset=iso-8859-1', 415, 'UNSUPPORTED_MEDIA_TYPE'],
    ['{"size":1}', 'text/xml', 415, 'UNSUPPORTED_MEDIA_TYPE'],
    [JSON.stringify({ size: 'x'.repeat(70_000) }), 'application/json', 413, 'PAYLOAD_TOO_LARGE'],
  ])('answers %.20s as %s with its own code', async (payload, contentType, status, code) => {
    const answer = await post(payload, contentType);
    expect([answer.statusCode, answer.json().code]).toEqual([status, code]);
  });

  it('answers a path that cannot be decoded as a problem, without repeating it', async () => {
    const { app } = await create();
    const answer = await app.inject('/things/%zz-someone');
    expect([answer.statusCode, answer.json().code]).toEqual([400, 'INVALID_PARAMETER']);
    expect(answer.body).not.toContain('someone');
  });

  it('says nothing of the inside in a 500', async () => {
    const { app } = await create();
    const answer = await app.inject('/broken');
    expect(answer.statusCode).toBe(500);
    expect(answer.json()).toMatchObject({ code: 'INTERNAL', requestId: answer.headers['x-request-id'] });
    expect(answer.body).not.toContain('hunter2');
  });

  it('answers a retryable fault with Retry-After in whole seconds and without its private text', async () => {
    const { app } = await create();
    const answer = await app.inject('/busy');
    expect([answer.statusCode, answer.headers['retry-after']]).toEqual([503, '3']);
    expect(answer.body).not.toContain('queue');
  });

  it('keeps a harmless request id and replaces any other', async () => {
    const { app } = await create();
    const kept = await app.inject({ url: '/things', headers: { 'x-request-id': 'abc-12345' } });
    expect(kept.headers['x-request-id']).toBe('abc-12345');
    const replaced = await app.inject({ url: '/things', headers: { 'x-request-id': 'a b\u00e9"{}' } });
    expect(replaced.headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('does not boot with a route that is neither public nor guarded', async () => {
    const { app } = await create();
    expect(() => app.get('/open', async () => 'x')).toThrow(/neither public nor guarded/);
  });

  it('counts by route template, never by URL', async () => {
    const { app, metrics } = await create();
    await app.inject('/things?limit=7');
    await app.inject('/nowhere/someone@example.com');
    const text = await metrics.registry.metrics();
    expect(text).toContain('route="/things"');
    expect(text).not.toContain('someone');
  });
});
