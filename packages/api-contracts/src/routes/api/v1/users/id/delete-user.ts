import { defineRoute } from '../../../../../define-route.ts';
import { UserParams } from '../user.ts';

export const deleteUser = defineRoute({
  name: 'deleteUser',
  method: 'DELETE',
  path: '/api/v1/users/{id}',
  service: 'auth-service',
  access: 'users:admin',
  summary: 'Deletes a user',
  description:
    'Its sessions end, and its access tokens are refused everywhere within five seconds. The last admin is not deleted.',
  limit: 'write',
  params: UserParams,
  answers: { 204: { description: 'It is deleted' } },
  errors: ['NOT_FOUND', 'LAST_ADMIN', 'CONFLICT', 'STORAGE_FULL'],
});
