import { compileCheck, createAjv } from '@contact-sync/domain';
import { expect, test } from 'vitest';
import { defineRoute } from './define-route.ts';
import { errorsOf } from './implied-errors.ts';
import type { RouteContract, Routes } from './route-contract.ts';
import * as services from './services.ts';
import { statusOf } from './status-of.ts';

const { publicRoutes, webhookRoutes, acmeRoutes, internalRoutes } = services;

const everyRoute: [string, RouteContract][] = Object.entries({
  ...publicRoutes,
  ...webhookRoutes,
  ...acmeRoutes,
  ...internalRoutes,
});

test('every route of a service is among those of the system', () => {
  const all = new Set(everyRoute.map(([, route]) => route));
  for (const routes of Object.values(services as Record<string, Routes>)) {
    for (const route of Object.values(routes)) expect(all).toContain(route);
  }
});

test('there are routes, each under its own name once, and no path takes a method twice', () => {
  expect(everyRoute.length).toBeGreaterThan(15);
  for (const [name, route] of everyRoute) expect(route.name).toBe(name);
  const places = everyRoute.map(([, { method, path }]) => `${method} ${path.replaceAll(/\{\w+\}/g, '{}')}`);
  expect(new Set(places).size).toBe(places.length);
});

const ajv = createAjv();

test.each(everyRoute)(
  '%s has schemas that are such: nobody judges them when they are compiled',
  (_, route) => {
    const { params, query, body, answers } = route;
    const schemas = [params, query, body?.schema, ...Object.values(answers).map((answer) => answer.body)];
    for (const schema of schemas) {
      if (schema === undefined) continue;
      ajv.validateSchema(schema);
      expect(ajv.errors).toBeNull();
    }
  },
);

test('a schema that is none is told', () => {
  ajv.validateSchema({ type: 'text' });
  expect(ajv.errors).not.toBeNull();
});

test.each(everyRoute)('%s shows an example request that its own schema takes', (_, { body }) => {
  if (body) expect(compileCheck(body.schema)(body.example)).toEqual([]);
});

test.each(everyRoute)('%s shows an example of every answer that has a body', (_, { answers }) => {
  for (const { body, example } of Object.values(answers)) {
    if (body) expect(compileCheck(body)(example)).toEqual([]);
    else expect(example).toBeUndefined();
  }
});

test.each(everyRoute)('%s names only errors that are errors, each once', (_, route) => {
  const codes = errorsOf(route);
  expect(new Set(codes).size).toBe(codes.length);
  for (const code of codes) expect(statusOf[code]).toBeGreaterThanOrEqual(400);
});

const sound: RouteContract = {
  name: 'sound',
  method: 'POST',
  path: '/sound',
  service: 'gateway-api',
  access: 'public',
  summary: '',
  description: '',
  limit: 'read',
  answers: { 204: { description: 'done' } },
  errors: [],
};

test.each<[string, Partial<RouteContract>]>([
  ['a parameter that the params do not declare', { path: '/sound/{id}' }],
  ['an internal scope outside /internal/', { access: 'contacts:apply' }],
  ['a path under /internal/ without an internal scope', { path: '/internal/x', access: 'contacts:read' }],
  ['a body on GET', { method: 'GET', body: { schema: {}, limitBytes: 1, example: null } }],
  ['If-Match on GET', { method: 'GET', condition: 'if-match' }],
  ['an Idempotency-Key on GET', { method: 'GET', idempotencyKey: true }],
  ['no answer', { answers: {} }],
])('refuses a contract with %s', (_, change) => {
  expect(() => defineRoute(sound)).not.toThrow();
  expect(() => defineRoute({ ...sound, ...change })).toThrow(/^route sound: /);
});
