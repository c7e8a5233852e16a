import { defineRoute } from '../../../../../define-route.ts';
import { ClientParams } from '../machine-client.ts';

export const deleteMachineClient = defineRoute({
  name: 'deleteMachineClient',
  method: 'DELETE',
  path: '/api/v1/clients/{id}',
  service: 'auth-service',
  access: 'users:admin',
  summary: 'Deletes a machine client',
  description:
    'Its tokens are refused everywhere within five seconds. One that the settings declare is made again at the next start.',
  limit: 'write',
  params: ClientParams,
  answers: { 204: { description: 'It is deleted' } },
  errors: ['NOT_FOUND', 'CONFLICT', 'STORAGE_FULL'],
});
