import { Type } from 'typebox';
import { defineRoute } from '../define-route.ts';

export const health = defineRoute({
  name: 'health',
  method: 'GET',
  path: '/health',
  service: 'gateway-api',
  access: 'public',
  summary: 'Whether the gateway answers',
  description: 'Says nothing about the services behind it; those are told on the ops ports.',
  limit: 'read',
  answers: {
    200: {
      description: 'It does',
      body: Type.Object({ status: Type.Literal('ok') }),
      example: { status: 'ok' },
    },
  },
  errors: [],
});
