import { Type } from 'typebox';
import { defineRoute } from '../../../../define-route.ts';
import { exampleRefreshToken, RefreshToken } from './session-tokens.ts';

export const logOut = defineRoute({
  name: 'logOut',
  method: 'POST',
  path: '/api/v1/auth/logout',
  service: 'auth-service',
  access: 'public',
  summary: 'Ends the session of a refresh token',
  description:
    'Takes no access token, and is answered alike for a session that has ended already. Access tokens of the session are refused everywhere within five seconds.',
  limit: 'refresh',
  body: {
    schema: Type.Object({ refreshToken: RefreshToken }, { additionalProperties: false }),
    limitBytes: 4_096,
    example: { refreshToken: exampleRefreshToken },
  },
  answers: { 204: { description: 'The session has ended' } },
  errors: ['STORAGE_FULL'],
});
