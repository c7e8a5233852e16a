import { defineRoute } from '../../../../../define-route.ts';
import { ClientParams, clientAnswer } from '../machine-client.ts';

export const getMachineClient = defineRoute({
  name: 'getMachineClient',
  method: 'GET',
  path: '/api/v1/clients/{id}',
  service: 'auth-service',
  access: 'users:admin',
  summary: 'One machine client',
  description: 'As it is now; no secret is shown.',
  limit: 'read',
  params: ClientParams,
  answers: { 200: clientAnswer },
  errors: ['NOT_FOUND'],
});
