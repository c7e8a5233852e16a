import { Type } from 'typebox';
import { defineRoute } from '../../../../../../define-route.ts';

export const endSession = defineRoute({
  name: 'endSession',
  method: 'DELETE',
  path: '/api/v1/auth/sessions/{id}',
  service: 'auth-service',
  access: 'authenticated',
  summary: "Ends one of one's own sessions",
  description: 'Its access tokens are refused everywhere within five seconds.',
  limit: 'write',
  params: Type.Object({ id: Type.String({ format: 'uuid', description: 'The `id` of the session' }) }),
  answers: { 204: { description: 'It has ended' } },
  errors: ['NOT_FOUND', 'STORAGE_FULL'],
});
