import { Type } from 'typebox';
import { defineRoute } from '../../../../define-route.ts';
import { Cursor, NextCursor, PageLimit } from '../page.ts';
import { exampleClient, MachineClient } from './machine-client.ts';

export const listMachineClients = defineRoute({
  name: 'listMachineClients',
  method: 'GET',
  path: '/api/v1/clients',
  service: 'auth-service',
  access: 'users:admin',
  summary: 'Machine clients, page by page',
  description: 'Programs that may ask for tokens in their own name, by their ids; no secret is shown.',
  limit: 'read',
  query: Type.Object({ limit: PageLimit(50), cursor: Cursor }, { additionalProperties: false }),
  answers: {
    200: {
      description: 'A page',
      body: Type.Object({ items: Type.Array(MachineClient), nextCursor: NextCursor }),
      example: { items: [exampleClient] },
    },
  },
  errors: ['INVALID_CURSOR'],
});
