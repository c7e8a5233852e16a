import { defineRoute } from '@contact-sync/api-contracts';
import { AppError, type ErrorCode } from '@contact-sync/domain';
import { Type } from 'typebox';
import { expect, it } from 'vitest';
import { createLogger } from '../logger.ts';
import { createMetrics } from '../ops/metrics.ts';
import { checkedAnswers } from './checked-answers.ts';
import { createServer } from './create-server.ts';
import { type RouteHandler, serveRoutes } from './serve-routes.ts';

const getThing = defineRoute({
  name: 'getThing',
  method: 'GET',
  path: '/thing',
  service: 'contact-service',
  access: 'public',
  summary: 'Thing',
  description: 'A thing.',
  limit: 'read',
  answers: {
    200: {
      description: 'It',
      headers: { etag: { description: 'Its version' }, location: { description: 'Where', optional: true } },
      body: Type.Object({ size: Type.Integer({ minimum: 1 }) }),
    },
    304: { description: 'The same' },
  },
  errors: ['NOT_FOUND'],
});

const right = { status: 200, headers: { etag: '"1"' }, body: { size: 1 } } as const;

const ask = async (handler: RouteHandler<typeof getThing>, method: 'GET' | 'HEAD' = 'GET') => {
  const app = await createServer({
    logger: createLogger({ service: 'test', level: 'silent' }),
    metrics: createMetrics('test'),
    plugins: [checkedAnswers],
  });
  await serveRoutes(app, { getThing }, { getThing: handler });
  return app.inject({ method, url: '/thing' });
};

const throwing = (code: ErrorCode) => () => {
  throw new AppError(code, { message: 'Not this time.' });
};

it('lets pass what holds its contract, problems and HEAD too', async () => {
  expect((await ask(() => right)).json()).toEqual({ size: 1 });
  expect((await ask(() => ({ status: 304 }))).statusCode).toBe(304);
  expect((await ask(throwing('NOT_FOUND'))).statusCode).toBe(404);
  expect((await ask(throwing('OVERLOADED'))).headers['retry-after']).toBe('1');
  expect((await ask(() => right, 'HEAD')).statusCode).toBe(200);
});

/** What no type tells apart: what is only known when it is there. */
const leaky = { size: 1, secret: 'hunter2' };

it.each<[string, RouteHandler<typeof getThing>, RegExp]>([
  ['a value that the schema refuses', () => ({ ...right, body: { size: 0 } }), /200: \/size must be >= 1/],
  ['a member that no schema names', () => ({ ...right, body: leaky }), /200: \/secret is not a known member/],
  ['a problem of another route', throwing('CONTACT_EXISTS'), /the code CONTACT_EXISTS is not among/],
])('tells the caller of %s', async (_, handler, fault) => {
  await expect(ask(handler)).rejects.toThrow(fault);
});
