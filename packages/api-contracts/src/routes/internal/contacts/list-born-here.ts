import { limits, WriteHeld } from '@contact-sync/domain';
import { type Static, Type } from 'typebox';
import { defineRoute } from '../../../define-route.ts';
import { exampleContactId } from '../../../examples.ts';
import { Cursor, NextCursor } from '../../api/v1/page.ts';

/** A live contact that was made here, and how far AcmeCRM has a record of it. */
export const BornHere = Type.Object({
  contactId: Type.String({ format: 'uuid' }),
  version: Type.Integer({ minimum: 1 }),
  updatedAt: Type.String({ format: 'date-time' }),
  record: Type.Enum(['linked', 'under-way', 'held', 'none'], {
    description:
      '`linked`: AcmeCRM has told of it. `under-way`: its create is sent, or is sent again. `held`: its create is not tried until somebody acts. `none`: no create of this version is known',
  }),
  why: Type.Optional(
    Type.Union([WriteHeld, Type.Literal('frozen')], { description: 'What a `held` one waits for' }),
  ),
});
export type BornHere = Static<typeof BornHere>;

const exampleBornHere = {
  contactId: exampleContactId,
  version: 2,
  updatedAt: '2026-11-24T10:00:00.000Z',
  record: 'held',
  why: 'refused',
} as const;

export const listBornHere = defineRoute({
  name: 'listBornHere',
  method: 'GET',
  path: '/internal/contacts/born-here',
  service: 'contact-service',
  access: 'contacts:apply',
  summary: 'Every live contact that was made here, page by page',
  description:
    'By the time they were made. One that lives all the while comes exactly once; a page may be of any length, empty too, and the walk ends with the page that has no cursor.',
  limit: 'read',
  query: Type.Object({ cursor: Cursor }, { additionalProperties: false }),
  answers: {
    200: {
      description: 'A page',
      body: Type.Object({
        items: Type.Array(BornHere, { maxItems: limits.bornHerePerPage }),
        nextCursor: NextCursor,
      }),
      example: { items: [exampleBornHere], nextCursor: 'MTc2NDA1' },
    },
  },
  errors: ['INVALID_CURSOR'],
});
