import { Type } from 'typebox';
import { defineRoute } from '../../../../../define-route.ts';
import { Audiences, ClientParams, clientAnswer, Scopes } from '../machine-client.ts';

export const changeMachineClient = defineRoute({
  name: 'changeMachineClient',
  method: 'PATCH',
  path: '/api/v1/clients/{id}',
  service: 'auth-service',
  access: 'users:admin',
  summary: 'Changes what a machine client may',
  description:
    'What is left out stays. Where it loses an audience or a scope, its tokens given out before are refused everywhere within five seconds. A client that the settings declare becomes as declared at the next start.',
  limit: 'write',
  params: ClientParams,
  body: {
    schema: Type.Object(
      { audiences: Type.Optional(Audiences), scopes: Type.Optional(Scopes) },
      { additionalProperties: false },
    ),
    limitBytes: 16_384,
    example: { scopes: ['contacts:read', 'events:read'] },
  },
  answers: { 200: clientAnswer },
  errors: ['NOT_FOUND', 'CONFLICT', 'STORAGE_FULL'],
});
