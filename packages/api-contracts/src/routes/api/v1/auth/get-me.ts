import { Type } from 'typebox';
import { defineRoute } from '../../../../define-route.ts';

const Me = Type.Object({
  kind: Type.Union([Type.Literal('user'), Type.Literal('machine')]),
  id: Type.String(),
  email: Type.Optional(Type.String()),
  roles: Type.Array(Type.String()),
  permissions: Type.Array(Type.String()),
});

export const getMe = defineRoute({
  name: 'getMe',
  method: 'GET',
  path: '/api/v1/auth/me',
  service: 'auth-service',
  access: 'authenticated',
  summary: 'Who the bearer of the token is',
  description: 'The roles of a person or the scopes of a machine, and what they allow.',
  limit: 'read',
  answers: {
    200: {
      description: 'The bearer',
      headers: { 'cache-control': { description: '`no-store`' } },
      body: Me,
      example: {
        kind: 'user',
        id: '0199f0c8-7a3c-7c6e-9f6e-3d2b1a0f9e8d',
        email: 'ada@example.com',
        roles: ['viewer'],
        permissions: ['contacts:read', 'events:read', 'mappings:read'],
      },
    },
  },
  errors: [],
});
