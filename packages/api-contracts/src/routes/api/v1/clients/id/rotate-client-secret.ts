import { Type } from 'typebox';
import { defineRoute } from '../../../../../define-route.ts';
import { ClientParams, secretAnswer } from '../machine-client.ts';

/** Longest time for which two secrets of a client are good, in seconds. */
const LONGEST_OVERLAP = 2_592_000;

export const rotateClientSecret = defineRoute({
  name: 'rotateClientSecret',
  method: 'POST',
  path: '/api/v1/clients/{id}/secret',
  service: 'auth-service',
  access: 'users:admin',
  summary: 'A new secret for a machine client',
  description:
    'Shown once, in this answer. The secret before is taken for `overlapSeconds` more; with 0 it ends at once, and every token given out before with it. A secret before that one ends in any case.',
  limit: 'write',
  params: ClientParams,
  body: {
    schema: Type.Object(
      {
        overlapSeconds: Type.Integer({
          minimum: 0,
          maximum: LONGEST_OVERLAP,
          description: 'How long the secret before is taken too',
        }),
      },
      { additionalProperties: false },
    ),
    limitBytes: 4_096,
    example: { overlapSeconds: 86_400 },
  },
  answers: { 200: secretAnswer },
  errors: ['NOT_FOUND', 'CONFLICT', 'STORAGE_FULL'],
});
