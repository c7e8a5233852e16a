import { Type } from 'typebox';
import { defineRoute } from '../../../define-route.ts';
import { Cursor, NextCursor } from '../../api/v1/page.ts';
import { exampleMirrorVersion, KnownMirror } from './mirror-version.ts';

export const listMirrors = defineRoute({
  name: 'listMirrors',
  method: 'GET',
  path: '/internal/contacts/mirrors',
  service: 'contact-service',
  access: 'contacts:apply',
  summary: 'Every record of AcmeCRM that is held, page by page',
  description:
    'In no order. Each that is held all the while comes at least once; a page may be of any length, empty too, and the walk ends with the page that has no cursor. A cursor that the store has forgotten begins anew.',
  limit: 'read',
  query: Type.Object({ cursor: Cursor }, { additionalProperties: false }),
  answers: {
    200: {
      description: 'A page',
      body: Type.Object({
        items: Type.Array(KnownMirror),
        nextCursor: NextCursor,
      }),
      example: { items: [exampleMirrorVersion], nextCursor: 'MTc2NDA1' },
    },
  },
  errors: [],
});
