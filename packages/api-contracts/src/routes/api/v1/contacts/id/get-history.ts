import { HistoryEntry } from '@contact-sync/domain';
import { Type } from 'typebox';
import { defineRoute } from '../../../../../define-route.ts';
import { exampleMappingId } from '../../../../../examples.ts';
import { Cursor, NextCursor, PageLimit } from '../../page.ts';
import { ContactParams } from '../contact-params.ts';

const HistoryQuery = Type.Object({ limit: PageLimit(50), cursor: Cursor }, { additionalProperties: false });

const HistoryPage = Type.Object({ items: Type.Array(HistoryEntry), nextCursor: NextCursor });

export const getHistory = defineRoute({
  name: 'getHistory',
  method: 'GET',
  path: '/api/v1/contacts/{id}/history',
  service: 'contact-service',
  access: 'contacts:read',
  summary: 'Who changed what of a contact, and when',
  description:
    'Newest first; the last 100 entries are kept. A contact that is known only by its delete has history too.',
  limit: 'read',
  params: ContactParams,
  query: HistoryQuery,
  answers: {
    200: {
      description: 'A page',
      body: HistoryPage,
      example: {
        items: [
          {
            sequence: 7,
            at: '2026-11-24T09:30:00.000Z',
            by: 'acmecrm',
            sourceVersion: 7,
            sourceEventId: 'evt_0001',
            version: 3,
            outgoingEventId: '1c4b0e1e-6d0e-5d7a-8f43-7e0f4f2f9a01',
            mappingId: exampleMappingId,
            changes: [{ field: 'title', from: null, to: 'Countess' }],
          },
        ],
        nextCursor: 'Nw',
      },
    },
  },
  errors: ['CONTACT_NOT_FOUND', 'INVALID_CURSOR'],
});
