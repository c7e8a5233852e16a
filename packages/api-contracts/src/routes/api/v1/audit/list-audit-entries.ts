import { Type } from 'typebox';
import { defineRoute } from '../../../../define-route.ts';
import { Cursor, NextCursor, PageLimit } from '../page.ts';

const AuditEntry = Type.Object({
  id: Type.String(),
  at: Type.String({ format: 'date-time' }),
  action: Type.String({ description: '`user.changed`, `session.ended` and their like' }),
  by: Type.String({ description: '`user:<id>`, `machine:<id>`, `service:auth-service` or `nobody`' }),
  target: Type.String({
    description:
      '`user:<id>`, `session:<id>`, `client:<id>`, `key:<id>`, or `account:<digest>` of no known user',
  }),
  address: Type.String({ description: 'Where it came from; empty where it came from nowhere' }),
  userAgent: Type.String(),
  detail: Type.Optional(Type.Record(Type.String(), Type.Unknown(), { description: 'What was changed' })),
});

export const listAuditEntries = defineRoute({
  name: 'listAuditEntries',
  method: 'GET',
  path: '/api/v1/audit',
  service: 'auth-service',
  access: 'users:admin',
  summary: 'Who did what, when and from where',
  description:
    'Newest first, or with `after` in the order in which it happened, for programs that follow it. Two trails, so that a flood of bad logins pushes out no change: `changes`, and `logins` with those that were refused. Each keeps its newest entries alone. No entry holds a secret.',
  limit: 'read',
  query: Type.Object(
    {
      trail: Type.Enum(['changes', 'logins'], { default: 'changes', description: 'Which of the two' }),
      limit: PageLimit(50),
      cursor: Cursor,
      after: Type.Optional(
        Type.String({
          pattern: '^\\d{1,20}-\\d{1,20}$',
          maxLength: 41,
          description: 'The `id` of an entry: those after it, oldest first; `0-0` for all. Not with `cursor`',
        }),
      ),
    },
    { additionalProperties: false },
  ),
  answers: {
    200: {
      description: 'A page',
      body: Type.Object({ items: Type.Array(AuditEntry), nextCursor: NextCursor }),
      example: {
        items: [
          {
            id: '1764236400000-0',
            at: '2026-11-27T09:40:00.000Z',
            action: 'user.changed',
            by: 'user:0199f0c8-7a3c-7c6e-9f6e-3d2b1a0f9e8d',
            target: 'user:0199f0c8-9b1d-7e2a-8c3f-5a4b3c2d1e0f',
            address: '203.0.113.7',
            userAgent: 'Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0',
            detail: { roles: ['viewer'] },
          },
        ],
      },
    },
  },
  errors: ['INVALID_CURSOR'],
});
