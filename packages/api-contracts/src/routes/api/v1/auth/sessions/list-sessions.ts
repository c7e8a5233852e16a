import { Type } from 'typebox';
import { defineRoute } from '../../../../../define-route.ts';
import { noStore } from '../session-tokens.ts';
import { exampleSession, Session } from './session.ts';

export const listSessions = defineRoute({
  name: 'listSessions',
  method: 'GET',
  path: '/api/v1/auth/sessions',
  service: 'auth-service',
  access: 'authenticated',
  summary: "One's own sessions",
  description: 'Those that have not ended, the last used first; a hundred at most. Machines have none.',
  limit: 'read',
  answers: {
    200: {
      description: 'The sessions',
      headers: noStore,
      body: Type.Object({ items: Type.Array(Session) }),
      example: { items: [exampleSession] },
    },
  },
  errors: [],
});
