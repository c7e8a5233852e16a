import { Type } from 'typebox';
import { defineRoute } from '../../../../define-route.ts';
import { Cursor, NextCursor } from '../../../api/v1/page.ts';
import { exampleAcmeDeleted, exampleAcmeRecord } from './acme-examples.ts';
import { AcmeDeleted, AcmeRecord, apiKeyHeader } from './acme-record.ts';

export const listAcmeContacts = defineRoute({
  name: 'listAcmeContacts',
  method: 'GET',
  path: '/acme/v1/contacts',
  service: 'webhook-simulator',
  access: 'public',
  summary: "AcmeCRM's contacts, page by page",
  description:
    'By the time of their last change and id, deleted ones among them. What changes during the walk may come twice, and is never left out.',
  limit: 'read',
  headers: Type.Object(apiKeyHeader),
  query: Type.Object(
    {
      updated_since: Type.Optional(
        Type.String({ format: 'date-time', maxLength: 64, description: 'Changed at this time or later' }),
      ),
      cursor: Cursor,
      limit: Type.Integer({ minimum: 1, maximum: 200, default: 100, description: 'Most items on a page' }),
    },
    { additionalProperties: false },
  ),
  answers: {
    200: {
      description: 'A page',
      body: Type.Object({
        items: Type.Array(Type.Union([AcmeDeleted, AcmeRecord])),
        nextCursor: NextCursor,
      }),
      example: { items: [exampleAcmeRecord, exampleAcmeDeleted], nextCursor: 'MTc2NDA1' },
    },
  },
  errors: ['UNAUTHENTICATED', 'SIMULATOR_DISABLED', 'INVALID_CURSOR'],
});
