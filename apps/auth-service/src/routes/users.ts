import { userRoutes } from '@contact-sync/api-contracts';
import type { RouteHandlers, RouteHooks } from '@contact-sync/service-kit';
import type { User } from '../domain/user.ts';
import type { ManageUsers } from '../use-cases/manage-users.ts';
import { adminOf } from './admin-of.ts';
import { trimEmail } from './auth/trim-email.ts';
import { idOfCursor, pageOf } from './id-cursor.ts';

const toAnswer = ({ id, email, roles, disabled, createdAt }: User) => ({
  id,
  email,
  roles: [...roles],
  disabled,
  createdAt,
});

/** `/api/v1/users` (contracts.md, "Sessions"). */
export const userHandlers = (users: ManageUsers): RouteHandlers<typeof userRoutes> => ({
  listUsers: async ({ query: { limit, cursor } }) => ({
    status: 200,
    body: pageOf(await users.list({ limit, after: idOfCursor(cursor) }), toAnswer),
  }),
  createUser: async (request) => {
    const user = await users.create(adminOf(request), request.body);
    const headers = { location: `${userRoutes.createUser.path}/${user.id}` };
    return { status: 201, headers, body: toAnswer(user) };
  },
  getUser: async ({ params }) => ({ status: 200, body: toAnswer(await users.get(params.id.toLowerCase())) }),
  changeUser: async (request) => {
    const id = request.params.id.toLowerCase();
    return { status: 200, body: toAnswer(await users.change(adminOf(request), id, request.body)) };
  },
  deleteUser: async (request) => {
    await users.delete(adminOf(request), request.params.id.toLowerCase());
    return { status: 204 };
  },
});

export const userHooks: RouteHooks<typeof userRoutes> = {
  createUser: { preValidation: trimEmail },
  changeUser: { preValidation: trimEmail },
};
