import { type AnswerOf, defineRoute, type JsonText, jsonTextOf } from '@contact-sync/api-contracts';
import { Type } from 'typebox';
import { describe, expect, expectTypeOf, it } from 'vitest';
import { createLogger } from '../logger.ts';
import { createMetrics } from '../ops/metrics.ts';
import { createServer } from './create-server.ts';
import { type RouteHandlers, serveRoutes } from './serve-routes.ts';

const Thing = Type.Object({ id: Type.String(), size: Type.Integer() });

const common = {
  service: 'contact-service',
  access: 'public',
  summary: 'Things',
  description: 'Things.',
  limit: 'read',
  errors: [],
} as const;

const getThing = defineRoute({
  ...common,
  name: 'getThing',
  method: 'GET',
  path: '/things/{id}',
  params: Type.Object({ id: Type.String({ maxLength: 5 }) }),
  query: Type.Object({ size: Type.Integer({ default: 1 }) }, { additionalProperties: false }),
  condition: 'if-none-match',
  answers: {
    200: { description: 'It', headers: { etag: { description: 'Its version' } }, body: Thing },
    304: { description: 'The same' },
  },
});

const makeThing = defineRoute({
  ...common,
  name: 'makeThing',
  method: 'POST',
  path: '/things',
  body: { schema: Thing, limitBytes: 100, example: { id: 'a', size: 1 } },
  idempotencyKey: true,
  answers: { 201: { description: 'Made', body: Thing } },
});

const routes = { getThing, makeThing };

const handlers: RouteHandlers<typeof routes> = {
  getThing: ({ params: { id }, query: { size }, headers }) =>
    headers['if-none-match'] === '"1"'
      ? { status: 304 }
      : { status: 200, headers: { etag: '"1"' }, body: { id, size } },
  makeThing: async ({ body }) => ({ status: 201, text: jsonTextOf(JSON.stringify(body)) }),
};

const serve = async (bound: RouteHandlers<typeof routes> = handlers) => {
  const app = await createServer({
    logger: createLogger({ service: 'test', level: 'silent' }),
    metrics: createMetrics('test'),
  });
  await serveRoutes(app, routes, bound);
  await app.ready();
  return app;
};

describe('routes served by their contracts', () => {
  it('gives a handler its parts, coerced and with defaults, and sends what it answers', async () => {
    const app = await serve();
    const answer = await app.inject({ url: '/things/a' });
    expect([answer.statusCode, answer.headers['etag'], answer.json()]).toEqual([
      200,
      '"1"',
      { id: 'a', size: 1 },
    ]);
    expect(answer.headers['content-type']).toBe('application/json; charset=utf-8');
    expect((await app.inject({ url: '/things/a?size=7' })).json()).toEqual({ id: 'a', size: 7 });
    const same = await app.inject({ url: '/things/a', headers: { 'if-none-match': '"1"' } });
    expect([same.statusCode, same.headers['content-type'], same.body]).toEqual([304, undefined, '']);
  });

  it('sends text that is JSON already as it is', async () => {
    const app = await serve();
    const answer = await app.inject({ method: 'POST', url: '/things', payload: { id: 'a', size: 2 } });
    expect([answer.statusCode, answer.headers['content-type'], answer.body]).toEqual([
      201,
      'application/json; charset=utf-8',
      '{"id":"a","size":2}',
    ]);
  });

  it.each([
    ['a parameter', { url: '/things/longer' }, 400, 'INVALID_PARAMETER'],
    ['a query that is not known', { url: '/things/a?colour=red' }, 400, 'INVALID_PARAMETER'],
    [
      'a header',
      { method: 'POST', url: '/things', headers: { 'idempotency-key': 'ü' }, payload: { id: 'a', size: 1 } },
      400,
      'INVALID_HEADER',
    ],
    ['a body', { method: 'POST', url: '/things', payload: { id: 'a', size: '1' } }, 400, 'INVALID_BODY'],
    [
      'a body that is too large',
      { method: 'POST', url: '/things', payload: { id: 'a'.repeat(200), size: 1 } },
      413,
      'PAYLOAD_TOO_LARGE',
    ],
    [
      'a body of another type',
      { method: 'POST', url: '/things', headers: { 'content-type': 'text/plain' }, payload: 'x' },
      415,
      'UNSUPPORTED_MEDIA_TYPE',
    ],
  ] as const)('refuses %s that the contract does not allow', async (_, request, status, code) => {
    const answer = await (await serve()).inject(request);
    expect([answer.statusCode, answer.json().code]).toEqual([status, code]);
  });

  it('does not boot with a contract that nothing handles, nor with a handler of no contract', async () => {
    const { makeThing: _, ...fewer } = handlers;
    await expect(serve(fewer as typeof handlers)).rejects.toThrow('makeThing has a contract and no handler');
    const more = { ...handlers, loseThing: handlers.getThing };
    await expect(serve(more)).rejects.toThrow('loseThing has a handler and no contract');
  });

  it('does not boot with a permission that nothing checks', async () => {
    const app = await createServer({
      logger: createLogger({ service: 'test', level: 'silent' }),
      metrics: createMetrics('test'),
    });
    const guarded = { getThing: { ...getThing, access: 'contacts:read' } } as const;
    await serveRoutes(app, guarded, { getThing: handlers.getThing });
    await expect(app.ready()).rejects.toThrow(/asks for a permission but nothing verifies tokens/);
  });

  it('takes no answer at compile time that the contract does not say', () => {
    type Answer = AnswerOf<typeof getThing>;
    expectTypeOf<{ status: 304 }>().toExtend<Answer>();
    expectTypeOf<{ status: 404 }>().not.toExtend<Answer>();
    type Headers = { etag: string };
    type Right = { id: string; size: number };
    expectTypeOf<{ status: 200; headers: Headers; body: Right }>().toExtend<Answer>();
    expectTypeOf<{ status: 200; body: Right }>().not.toExtend<Answer>();
    expectTypeOf<{ status: 200; headers: Headers; body: { id: string } }>().not.toExtend<Answer>();
    expectTypeOf<{ status: 200; headers: Headers; text: string }>().not.toExtend<Answer>();
    expectTypeOf<{ status: 200; headers: Headers; text: JsonText<Right> }>().toExtend<Answer>();
  });
});
