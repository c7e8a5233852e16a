import { EmailAddress } from '@contact-sync/domain';
import { Type } from 'typebox';
import { defineRoute } from '../../../../define-route.ts';
import { NewPassword } from '../auth/new-password.ts';
import { exampleUser, Roles, User } from './user.ts';

export const createUser = defineRoute({
  name: 'createUser',
  method: 'POST',
  path: '/api/v1/users',
  service: 'auth-service',
  access: 'users:admin',
  summary: 'Makes a user',
  description: 'Who may log in with this e-mail and password at once.',
  limit: 'heavy',
  body: {
    schema: Type.Object(
      { email: EmailAddress, password: NewPassword, roles: Roles },
      { additionalProperties: false },
    ),
    limitBytes: 16_384,
    example: { email: 'ada@example.com', password: 'seventeen purple umbrellas', roles: ['editor'] },
  },
  answers: {
    201: {
      description: 'The user',
      headers: { location: { description: 'Its path' } },
      body: User,
      example: exampleUser,
    },
  },
  errors: ['EMAIL_TAKEN', 'STORAGE_FULL'],
});
