import { Type } from 'typebox';
import { defineRoute } from '../../../../define-route.ts';
import { Cursor, NextCursor, PageLimit } from '../page.ts';
import { exampleUser, User } from './user.ts';

export const listUsers = defineRoute({
  name: 'listUsers',
  method: 'GET',
  path: '/api/v1/users',
  service: 'auth-service',
  access: 'users:admin',
  summary: 'Users, page by page',
  description: 'In the order in which they were made.',
  limit: 'read',
  query: Type.Object({ limit: PageLimit(50), cursor: Cursor }, { additionalProperties: false }),
  answers: {
    200: {
      description: 'A page',
      body: Type.Object({ items: Type.Array(User), nextCursor: NextCursor }),
      example: { items: [exampleUser] },
    },
  },
  errors: ['INVALID_CURSOR'],
});
