import { defineRoute } from '../../../../../define-route.ts';
import { UserParams, userAnswer } from '../user.ts';

export const getUser = defineRoute({
  name: 'getUser',
  method: 'GET',
  path: '/api/v1/users/{id}',
  service: 'auth-service',
  access: 'users:admin',
  summary: 'One user',
  description: 'As it is now.',
  limit: 'read',
  params: UserParams,
  answers: { 200: userAnswer },
  errors: ['NOT_FOUND'],
});
