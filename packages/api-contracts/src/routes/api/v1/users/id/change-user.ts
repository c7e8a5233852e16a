import { EmailAddress } from '@contact-sync/domain';
import { Type } from 'typebox';
import { defineRoute } from '../../../../../define-route.ts';
import { NewPassword } from '../../auth/new-password.ts';
import { Roles, UserParams, userAnswer } from '../user.ts';

export const changeUser = defineRoute({
  name: 'changeUser',
  method: 'PATCH',
  path: '/api/v1/users/{id}',
  service: 'auth-service',
  access: 'users:admin',
  summary: 'Changes a user',
  description:
    'What is left out stays. A role that is taken away ends every access token given out before; disabling, and a new password, also end all sessions: refused everywhere within five seconds. The last admin stays one.',
  limit: 'heavy',
  params: UserParams,
  body: {
    schema: Type.Object(
      {
        email: Type.Optional(EmailAddress),
        password: Type.Optional(NewPassword),
        roles: Type.Optional(Roles),
        disabled: Type.Optional(Type.Boolean()),
      },
      { additionalProperties: false },
    ),
    limitBytes: 16_384,
    example: { roles: ['viewer'] },
  },
  answers: { 200: userAnswer },
  errors: ['NOT_FOUND', 'EMAIL_TAKEN', 'LAST_ADMIN', 'CONFLICT', 'STORAGE_FULL'],
});
