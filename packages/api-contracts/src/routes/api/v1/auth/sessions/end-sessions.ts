import { defineRoute } from '../../../../../define-route.ts';

export const endSessions = defineRoute({
  name: 'endSessions',
  method: 'DELETE',
  path: '/api/v1/auth/sessions',
  service: 'auth-service',
  access: 'authenticated',
  summary: "Ends all of one's own sessions",
  description: 'The one that asks too. Their access tokens are refused everywhere within five seconds.',
  limit: 'write',
  answers: { 204: { description: 'They have ended' } },
  errors: ['STORAGE_FULL'],
});
