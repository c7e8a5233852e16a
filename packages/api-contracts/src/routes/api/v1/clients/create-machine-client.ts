import { Type } from 'typebox';
import { defineRoute } from '../../../../define-route.ts';
import { Audiences, ClientId, exampleClient, Scopes, secretAnswer } from './machine-client.ts';

export const createMachineClient = defineRoute({
  name: 'createMachineClient',
  method: 'POST',
  path: '/api/v1/clients',
  service: 'auth-service',
  access: 'users:admin',
  summary: 'Makes a machine client',
  description: 'Its secret is made here and shown once, in this answer.',
  limit: 'write',
  body: {
    schema: Type.Object(
      { id: ClientId, audiences: Audiences, scopes: Scopes },
      { additionalProperties: false },
    ),
    limitBytes: 16_384,
    example: exampleClient,
  },
  answers: {
    201: { ...secretAnswer, headers: { ...secretAnswer.headers, location: { description: 'Its path' } } },
  },
  errors: ['CLIENT_EXISTS', 'STORAGE_FULL'],
});
