import { Type } from 'typebox';
import { defineRoute } from '../../../../define-route.ts';
import { exampleToken } from '../../../../examples.ts';
import { NewPassword } from './new-password.ts';
import { AccessAnswer, noStore } from './session-tokens.ts';

export const changePassword = defineRoute({
  name: 'changePassword',
  method: 'POST',
  path: '/api/v1/auth/password',
  service: 'auth-service',
  access: 'authenticated',
  summary: 'A new password for oneself',
  description:
    'Ends all other sessions, and every access token given out before, this one too: the answer holds a new one. The refresh token of this session stays good. Wrong present passwords count as failed logins.',
  limit: 'login',
  body: {
    schema: Type.Object(
      { currentPassword: Type.String({ minLength: 1, maxLength: 1_024 }), newPassword: NewPassword },
      { additionalProperties: false },
    ),
    limitBytes: 16_384,
    example: { currentPassword: 'correct horse battery staple', newPassword: 'seventeen purple umbrellas' },
  },
  answers: {
    200: {
      description: 'The password is changed',
      headers: noStore,
      body: AccessAnswer,
      example: { accessToken: exampleToken, tokenType: 'Bearer', expiresIn: 600 },
    },
  },
  errors: ['CONFLICT', 'STORAGE_FULL'],
});
