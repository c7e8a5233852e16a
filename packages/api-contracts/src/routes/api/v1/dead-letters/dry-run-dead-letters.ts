import { FieldChange } from '@contact-sync/domain';
import { type Static, Type } from 'typebox';
import { defineRoute } from '../../../../define-route.ts';
import { Cursor, NextCursor } from '../page.ts';
import { exampleLetterId, LetterId } from './letter.ts';
import { LetterSelection } from './letter-selection.ts';

/** What a replay of one letter would come to now. */
export const DryRunResult = Type.Object({
  id: LetterId,
  outcome: Type.Enum(
    ['applied', 'unchanged', 'superseded', 'duplicate', 'ignored', 'fails', 'parked', 'gone'],
    {
      description:
        '`fails`: it would be a letter again. `parked`: replayed three times, and not any more. `gone`: its bytes are gone',
    },
  ),
  eventId: Type.Optional(Type.String()),
  contactId: Type.Optional(Type.String()),
  version: Type.Optional(Type.Integer({ description: 'The version of the contact that it would make' })),
  changes: Type.Optional(Type.Array(FieldChange, { description: 'What would change in the contact' })),
  code: Type.Optional(Type.String({ description: 'Why it would fail' })),
  pointer: Type.Optional(Type.String()),
  retryable: Type.Optional(Type.Boolean({ description: 'Whether that may pass by itself' })),
});
export type DryRunResult = Static<typeof DryRunResult>;

export const dryRunDeadLetters = defineRoute({
  name: 'dryRunDeadLetters',
  method: 'POST',
  path: '/api/v1/dead-letters/dry-run',
  service: 'event-worker',
  access: 'events:replay',
  summary: 'What a replay would come to',
  description:
    'Decides for each letter as if those of the page were replayed now, in their order, and writes nothing. Oldest first, page by page.',
  limit: 'write',
  timeoutMs: 20_000,
  body: {
    schema: Type.Object(
      {
        select: LetterSelection,
        limit: Type.Optional(
          Type.Integer({ minimum: 1, maximum: 100, description: 'Most items on a page; 100 where left out' }),
        ),
        cursor: Cursor,
      },
      { additionalProperties: false },
    ),
    limitBytes: 524_288,
    example: { select: { filter: { fingerprint: '6d0f2c7c9a4b1e35' } }, limit: 100 },
  },
  answers: {
    200: {
      description: 'A page of outcomes',
      body: Type.Object({ items: Type.Array(DryRunResult), nextCursor: NextCursor }),
      example: {
        items: [
          {
            id: exampleLetterId,
            outcome: 'applied',
            version: 4,
            changes: [{ field: 'title', from: null, to: 'Countess' }],
          },
        ],
      },
    },
  },
  errors: ['INVALID_CURSOR'],
});
