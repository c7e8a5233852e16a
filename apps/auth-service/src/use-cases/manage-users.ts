import type { Role } from '@contact-sync/access';
import { AppError } from '@contact-sync/domain';
import type { Bulkhead } from '@contact-sync/service-kit';
import { v7 } from 'uuid';
import { type AuditAction, auditEntry } from '../domain/audit-entry.ts';
import { changeUser } from '../domain/change-user.ts';
import type { Origin } from '../domain/session.ts';
import { normalizeEmail, type User } from '../domain/user.ts';
import type { Passwords, UserChange, Users } from '../ports.ts';
import { hashNewPassword } from './new-password.ts';

export type UserAdminPorts = {
  readonly users: Users;
  readonly passwords: Passwords;
  readonly bulkhead: Bulkhead;
};

/** Who administers, and from where. */
export type Admin = { readonly by: string; readonly origin: Origin };

export type NewUser = { readonly email: string; readonly password: string; readonly roles: readonly Role[] };

export type UserPatch = Partial<NewUser> & { readonly disabled?: boolean | undefined };

const notFound = (): AppError => new AppError('NOT_FOUND', { message: 'There is no such user.' });

const emailTaken = (): AppError => new AppError('EMAIL_TAKEN', { message: 'Another user has this e-mail.' });

const noteOf = (action: AuditAction, { by, origin }: Admin, id: string, detail?: object) =>
  auditEntry(action, by, `user:${id}`, origin, { ...detail });

/** What an entry says of a patch: that e-mail or password were changed, not to what. */
const detailOf = ({ email, password, roles, disabled }: UserPatch) => ({
  ...(roles && { roles }),
  ...(disabled !== undefined && { disabled }),
  ...(email !== undefined && { email: 'changed' }),
  ...(password !== undefined && { password: 'changed' }),
});

/** Users, for admins. */
export const createManageUsers = ({ users, passwords, bulkhead }: UserAdminPorts) => {
  const hashOf = (password: string) => bulkhead.run(() => hashNewPassword(passwords, password, '/password'));
  const get = async (id: string): Promise<User> => {
    const user = await users.findById(id);
    if (!user) throw notFound();
    return user;
  };
  const write = async (change: UserChange): Promise<void> => {
    const outcome = await users.write(change);
    if (outcome === 'taken') throw emailTaken();
    if (outcome === 'last admin') {
      throw new AppError('LAST_ADMIN', { message: 'The last admin stays one.' });
    }
    if (outcome === 'moved') {
      throw new AppError('CONFLICT', { message: 'The user was changed at the same time; nothing was done.' });
    }
  };
  return {
    get,
    list: users.list,
    create: async (admin: Admin, { email, password, roles }: NewUser): Promise<User> => {
      const user: User = {
        id: v7(),
        email: normalizeEmail(email),
        passwordHash: await hashOf(password),
        roles,
        epoch: 0,
        disabled: false,
        generation: 0,
        createdAt: new Date().toISOString(),
      };
      const isMade = await users.create(user, noteOf('user.created', admin, user.id, { roles }));
      if (!isMade) throw emailTaken();
      return user;
    },
    change: async (admin: Admin, id: string, patch: UserPatch): Promise<User> => {
      const { email, password, roles, disabled } = patch;
      const passwordHash = password === undefined ? undefined : await hashOf(password);
      const before = await get(id);
      const normalized = email === undefined ? undefined : normalizeEmail(email);
      const after = changeUser(before, { email: normalized, roles, disabled, passwordHash });
      await write({ before, after, note: noteOf('user.changed', admin, id, detailOf(patch)) });
      return after;
    },
    delete: async (admin: Admin, id: string): Promise<void> => {
      const before = await get(id);
      await write({ before, after: undefined, note: noteOf('user.deleted', admin, id) });
    },
  };
};

export type ManageUsers = ReturnType<typeof createManageUsers>;
