import { Type } from 'typebox';
import { defineRoute } from '../../../../define-route.ts';
import { PageLimit } from '../page.ts';

const Time = Type.String({ format: 'date-time' });

export const listDeadLetterGroups = defineRoute({
  name: 'listDeadLetterGroups',
  method: 'GET',
  path: '/api/v1/dead-letters/groups',
  service: 'event-worker',
  access: 'events:replay',
  summary: 'Open letters counted by cause',
  description: 'Letters of one fingerprint failed alike. The largest group first.',
  limit: 'read',
  query: Type.Object({ limit: PageLimit(50) }, { additionalProperties: false }),
  answers: {
    200: {
      description: 'The groups, and how much of what there is the index holds',
      body: Type.Object({
        groups: Type.Array(
          Type.Object({
            fingerprint: Type.String(),
            count: Type.Integer({ minimum: 1, description: 'Open letters, parked ones among them' }),
            stage: Type.String(),
            code: Type.String(),
            pointer: Type.Optional(Type.String()),
            oldestAt: Time,
            newestAt: Time,
            newestId: Type.String(),
          }),
        ),
        letters: Type.Integer({ minimum: 0, description: 'All that the index holds' }),
        open: Type.Integer({ minimum: 0 }),
        dropped: Type.Integer({
          minimum: 0,
          description: 'Taken out because there were too many; their bytes are in Kafka',
        }),
        behind: Type.Integer({ minimum: 0, description: 'Records that the index has not read yet' }),
      }),
      example: {
        groups: [
          {
            fingerprint: '6d0f2c7c9a4b1e35',
            count: 12,
            stage: 'apply',
            code: 'VERSION_CONFLICT',
            pointer: '/data/acme_version',
            oldestAt: '2026-11-24T09:30:05.000Z',
            newestAt: '2026-11-24T09:41:12.000Z',
            newestId: 'acme.contact.updated.v1-3-4799',
          },
        ],
        letters: 14,
        open: 12,
        dropped: 0,
        behind: 0,
      },
    },
  },
  errors: [],
});
