import { defineRoute, publicRoutes, type RouteContract } from '@contact-sync/api-contracts';
import { Type } from 'typebox';

const common = {
  service: 'event-worker',
  access: 'events:read',
  summary: 'Made up',
  description: 'Made up.',
  answers: { 200: { description: 'Done' } },
  errors: [],
} as const satisfies Partial<RouteContract>;

const params = Type.Object({ id: Type.String() });

/** The gateway's routes, and one of each kind that a test asks for and no service has. */
export const routesWithMadeUp = {
  ...publicRoutes,
  readMadeUp: defineRoute({
    ...common,
    name: 'readMadeUp',
    method: 'GET',
    path: '/api/v1/made-up/{id}',
    params,
    limit: 'read',
  }),
  readInHaste: defineRoute({
    ...common,
    name: 'readInHaste',
    method: 'GET',
    path: '/api/v1/made-up/{id}/haste',
    params,
    limit: 'read',
    timeoutMs: 150,
  }),
  renew: defineRoute({
    ...common,
    name: 'renew',
    method: 'POST',
    path: '/api/v1/made-up',
    access: 'public',
    limit: 'refresh',
  }),
  workHard: defineRoute({
    ...common,
    name: 'workHard',
    method: 'PUT',
    path: '/api/v1/made-up',
    limit: 'heavy',
    body: { schema: Type.Object({}), limitBytes: 2_000, example: {} },
  }),
} as const;
