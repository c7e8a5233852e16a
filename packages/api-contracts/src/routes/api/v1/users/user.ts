import { EmailAddress } from '@contact-sync/domain';
import { Type } from 'typebox';

export const Role = Type.Enum(['viewer', 'editor', 'admin']);

export const Roles = Type.Array(Role, {
  minItems: 1,
  maxItems: 3,
  uniqueItems: true,
  description: 'What they may do together',
});

/** A user as admins see it. */
export const User = Type.Object({
  id: Type.String({ format: 'uuid' }),
  email: EmailAddress,
  roles: Roles,
  disabled: Type.Boolean({ description: 'Whether nobody can log in' }),
  createdAt: Type.String({ format: 'date-time' }),
});

export const UserParams = Type.Object({
  id: Type.String({ format: 'uuid', description: 'The `id` of the user' }),
});

export const exampleUser = {
  id: '0199f0c8-7a3c-7c6e-9f6e-3d2b1a0f9e8d',
  email: 'ada@example.com',
  roles: ['editor'],
  disabled: false,
  createdAt: '2026-11-24T08:00:00.000Z',
} as const;

/** The user as it is now. */
export const userAnswer = { description: 'The user', body: User, example: exampleUser } as const;
