import { Type } from 'typebox';
import { defineRoute } from '../../../../define-route.ts';
import { Fingerprint } from './fingerprint.ts';

export const resumeConsumer = defineRoute({
  name: 'resumeConsumer',
  method: 'POST',
  path: '/api/v1/consumers/{group}/resume',
  service: 'event-worker',
  access: 'events:replay',
  summary: 'Lets a group go on that is paused',
  description:
    'Paused for failures: for 24 hours records that fail with this fingerprint do not count any more, and become dead letters or retries as they come. Paused for mass writes: the deletes that wait now are let through and no more. A group that is paused for it goes on within seconds, in all copies. Repeating is harmless.',
  limit: 'write',
  params: Type.Object({
    group: Type.String({
      minLength: 1,
      maxLength: 249,
      description: 'The consumer group, as the list names it',
    }),
  }),
  body: {
    schema: Type.Object({ accept: Fingerprint }, { additionalProperties: false }),
    limitBytes: 1_024,
    example: { accept: '6d0f2c7c9a4b1e35' },
  },
  answers: {
    200: {
      description: 'It is accepted; whether the group was paused for it',
      body: Type.Object({ accepted: Fingerprint, resumed: Type.Boolean() }),
      example: { accepted: '6d0f2c7c9a4b1e35', resumed: true },
    },
  },
  errors: ['NOT_FOUND'],
});
