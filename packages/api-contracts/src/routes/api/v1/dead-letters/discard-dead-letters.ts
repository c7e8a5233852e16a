import { Type } from 'typebox';
import { defineRoute } from '../../../../define-route.ts';
import { LetterSelection, Reason } from './letter-selection.ts';

export const discardDeadLetters = defineRoute({
  name: 'discardDeadLetters',
  method: 'POST',
  path: '/api/v1/dead-letters/discard',
  service: 'event-worker',
  access: 'events:replay',
  summary: 'Takes letters off the list of what is open',
  description:
    'Up to 1,000 a call, the oldest first; `more` tells whether others are left. The bytes stay in Kafka until their retention ends, and who discarded them and why is kept with them. Repeating is harmless.',
  limit: 'write',
  body: {
    schema: Type.Object({ select: LetterSelection, reason: Reason }, { additionalProperties: false }),
    limitBytes: 524_288,
    example: { select: { filter: { fingerprint: '6d0f2c7c9a4b1e35' } }, reason: 'Test data of the trial' },
  },
  answers: {
    200: {
      description: 'How many were discarded',
      body: Type.Object({ discarded: Type.Integer({ minimum: 0 }), more: Type.Boolean() }),
      example: { discarded: 12, more: false },
    },
  },
  errors: [],
});
