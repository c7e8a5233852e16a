import { Type } from 'typebox';
import { defineRoute } from '../../../../define-route.ts';
import { PageLimit } from '../page.ts';

/** Something that somebody did about letters. */
export const AuditEntry = Type.Object({
  at: Type.String({ format: 'date-time' }),
  by: Type.String({ description: 'The id of the user or machine' }),
  action: Type.Enum(['replay', 'cancel', 'discard', 'rebuild', 'rewind', 'sweep', 'erase']),
  reason: Type.Optional(Type.String()),
  letters: Type.Optional(Type.Integer({ minimum: 0, description: 'How many it was about' })),
  replayId: Type.Optional(Type.String()),
});

export const listLetterAudit = defineRoute({
  name: 'listLetterAudit',
  method: 'GET',
  path: '/api/v1/dead-letters/audit',
  service: 'event-worker',
  access: 'events:replay',
  summary: 'Who did what about letters, when and why',
  description: 'Newest first; the last 1,000 are kept.',
  limit: 'read',
  query: Type.Object({ limit: PageLimit(50) }, { additionalProperties: false }),
  answers: {
    200: {
      description: 'What was done',
      body: Type.Object({ items: Type.Array(AuditEntry) }),
      example: {
        items: [
          {
            at: '2026-11-24T10:00:00.000Z',
            by: '0196f5a0-0000-7000-8000-000000000001',
            action: 'discard',
            reason: 'Test data of the trial',
            letters: 12,
          },
        ],
      },
    },
  },
  errors: [],
});
