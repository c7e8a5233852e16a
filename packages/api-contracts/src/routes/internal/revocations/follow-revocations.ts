import { Type } from 'typebox';
import { defineRoute } from '../../../define-route.ts';
import { Revocation } from './revocation.ts';

/** What was revoked since a cursor, or all that still counts. */
export const RevocationPage = Type.Object({
  cursor: Type.String({ description: 'What the next request gives as `after`' }),
  snapshot: Type.Boolean({
    description: 'Whether this is all that still counts; else only what came after the cursor',
  }),
  revocations: Type.Array(Revocation),
  at: Type.String({ format: 'date-time', description: "When the log was read, by its server's clock" }),
});

export const followRevocations = defineRoute({
  name: 'followRevocations',
  method: 'GET',
  path: '/internal/revocations',
  service: 'auth-service',
  access: 'revocations:read',
  summary: 'Sessions, epochs and keys that no longer count',
  description:
    'Waits up to a second for something new after the cursor. An answer without revocations is a heartbeat: it is given only after a successful read of the log, so silence means that nothing can be known. Without a cursor, or with one of another generation of the log, the answer is a full snapshot and comes at once.',
  limit: 'read',
  timeoutMs: 5_000,
  query: Type.Object(
    {
      after: Type.Optional(
        Type.String({ minLength: 1, maxLength: 128, description: '`cursor` of the answer before' }),
      ),
    },
    { additionalProperties: false },
  ),
  answers: {
    200: {
      description: 'What is new, or nothing',
      headers: { 'cache-control': { description: '`no-store`' } },
      body: RevocationPage,
      example: {
        cursor: '5f1d7a84db5b0ec2.1764236400000-0',
        snapshot: false,
        revocations: [
          { kind: 'session', sid: '0199f0c8-7a3c-8c6e-9f6e-3d2b1a0f9e8d', until: 1764237000 },
          { kind: 'subject', sub: '0199f0c8-7a3c-7c6e-9f6e-3d2b1a0f9e8d', epoch: 2, until: 1764237000 },
          { kind: 'key', kid: '2026-11', until: 1764240000 },
        ],
        at: '2026-11-27T09:40:00.000Z',
      },
    },
  },
  errors: [],
});
