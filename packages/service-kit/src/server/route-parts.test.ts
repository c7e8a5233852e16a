import { defineRoute } from '@contact-sync/api-contracts';
import { Type } from 'typebox';
import { expect, it } from 'vitest';
import { createLogger } from '../logger.ts';
import { createMetrics } from '../ops/metrics.ts';
import { createServer } from './create-server.ts';
import { type RouteHandlers, type RouteHooks, serveRoutes } from './serve-routes.ts';

const common = {
  service: 'contact-service',
  access: 'public',
  summary: 'Things',
  description: 'Things.',
  limit: 'read',
  errors: [],
} as const;

const Told = Type.Object({ told: Type.String() });
const answers = { 200: { description: 'What was read', body: Told } } as const;
const example = {};
const limitBytes = 100;

const getThing = defineRoute({
  ...common,
  name: 'getThing',
  method: 'GET',
  path: '/things/{id}',
  params: Type.Object({ id: Type.String() }),
  answers,
});

const readBytes = defineRoute({
  ...common,
  name: 'readBytes',
  method: 'POST',
  path: '/bytes',
  trailingSlash: true,
  body: { schema: Type.Unknown(), as: 'bytes', limitBytes, example },
  answers,
});

const readSpelled = defineRoute({
  ...common,
  name: 'readSpelled',
  method: 'POST',
  path: '/spelled',
  body: { schema: Type.Unknown(), numbers: 'as spelled', limitBytes, example },
  answers,
});

const readPatch = defineRoute({
  ...common,
  name: 'readPatch',
  method: 'PATCH',
  path: '/things/{id}',
  params: Type.Object({ id: Type.String() }),
  body: {
    schema: Type.Unknown(),
    types: ['application/json', 'application/merge-patch+json'],
    limitBytes,
    example,
  },
  answers,
});

const routes = { getThing, readBytes, readSpelled, readPatch };

const told = (told: string) => ({ status: 200, body: { told } }) as const;

const handlers: RouteHandlers<typeof routes> = {
  getThing: ({ params }) => told(params.id),
  readBytes: ({ body }) => told(`${body.length} bytes`),
  readSpelled: ({ body }) => told(JSON.stringify(body)),
  readPatch: ({ body }) => told(JSON.stringify(body)),
};

const serve = async (hooks: RouteHooks<typeof routes> = {}) => {
  const metrics = createMetrics('test');
  const app = await createServer({ logger: createLogger({ service: 'test', level: 'silent' }), metrics });
  await serveRoutes(app, routes, handlers, hooks);
  return { app, metrics };
};

it('runs the hooks of a route on that route alone', async () => {
  const { app } = await serve({
    getThing: {
      preValidation: async ({ params }) => void Object.assign(params as object, { id: 'changed' }),
    },
  });
  expect((await app.inject('/things/a')).json()).toEqual({ told: 'changed' });
  const patched = await app.inject({ method: 'PATCH', url: '/things/a', payload: { id: 'b' } });
  expect(patched.json()).toEqual({ told: '{"id":"b"}' });
});

it('does not boot with hooks of no contract', async () => {
  const misspelt = { getThing: {}, getThings: { preValidation: async () => undefined } };
  await expect(serve(misspelt)).rejects.toThrow('getThings has hooks and no contract');
});

it('takes the path with a slash behind it where the contract says so, and nowhere else', async () => {
  const { app } = await serve();
  const slash = await app.inject({ method: 'POST', url: '/bytes/', payload: {} });
  expect([slash.statusCode, slash.json()]).toEqual([200, { told: '2 bytes' }]);
  expect((await app.inject({ method: 'POST', url: '/spelled/', payload: {} })).statusCode).toBe(404);
});

it('counts by the path of the contract, however it was asked for', async () => {
  const { app, metrics } = await serve();
  await app.inject({ method: 'POST', url: '/bytes/', payload: {} });
  await app.inject('/things/a');
  const text = await metrics.registry.metrics();
  const labels = [...text.matchAll(/seconds_count{.*route="([^"]*)".*} 1$/gm)].map(([, route]) => route);
  expect(labels.sort()).toEqual(['/bytes', '/things/{id}']);
});

it('gives bytes as they came, and none where none came', async () => {
  const { app } = await serve();
  const headers = { 'content-type': 'application/json' };
  const broken = await app.inject({ method: 'POST', url: '/bytes', headers, payload: '{"a":' });
  expect(broken.json()).toEqual({ told: '5 bytes' });
  expect((await app.inject({ method: 'POST', url: '/bytes' })).json()).toEqual({ told: '0 bytes' });
});

it('keeps the spelling of numbers where the contract says so', async () => {
  const { app } = await serve();
  const headers = { 'content-type': 'application/json' };
  const ask = async (method: 'POST' | 'PATCH', url: string) =>
    (await app.inject({ method, url, headers, payload: '{"a":1e20}' })).json();
  expect(await ask('POST', '/spelled')).toEqual({ told: '{"a":1e20}' });
  expect(await ask('PATCH', '/things/a')).toEqual({ told: '{"a":100000000000000000000}' });
});

it('reads the content types of the contract', async () => {
  const { app } = await serve();
  const patch = (type: string) =>
    app.inject({ method: 'PATCH', url: '/things/a', headers: { 'content-type': type }, payload: '{}' });
  expect((await patch('application/merge-patch+json')).json()).toEqual({ told: '{}' });
  expect((await patch('application/vnd.thing+json')).statusCode).toBe(415);
});
