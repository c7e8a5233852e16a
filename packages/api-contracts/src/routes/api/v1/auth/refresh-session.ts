import { Type } from 'typebox';
import { defineRoute } from '../../../../define-route.ts';
import { exampleRefreshToken, RefreshToken, tokensAnswer } from './session-tokens.ts';

export const refreshSession = defineRoute({
  name: 'refreshSession',
  method: 'POST',
  path: '/api/v1/auth/refresh',
  service: 'auth-service',
  access: 'public',
  summary: 'The next tokens of a session',
  description:
    'A refresh token is good for one use; each use prolongs the session, up to its absolute end. For ten seconds a repeat gives the same next token, as long as that was not used itself: an answer that was lost can be asked for again. Any later repeat ends the session, for somebody else may have the token.',
  limit: 'refresh',
  body: {
    schema: Type.Object({ refreshToken: RefreshToken }, { additionalProperties: false }),
    limitBytes: 4_096,
    example: { refreshToken: exampleRefreshToken },
  },
  answers: { 200: tokensAnswer },
  errors: ['INVALID_CREDENTIALS', 'STORAGE_FULL'],
});
