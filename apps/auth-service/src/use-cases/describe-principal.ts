import type { Principal } from '@contact-sync/access';
import type { Users } from '../ports.ts';

/** Who asks; e-mail for users only. */
export type PrincipalDescription = {
  readonly kind: Principal['kind'];
  readonly id: string;
  readonly email?: string;
  readonly roles: string[];
  readonly permissions: string[];
};

/** Tells a principal what it is. */
export const createDescribePrincipal =
  (users: Users) =>
  async ({ kind, id, roles, permissions }: Principal): Promise<PrincipalDescription> => {
    const described = { kind, id, roles: [...roles], permissions: [...permissions] };
    const user = kind === 'user' ? await users.findById(id) : undefined;
    return { ...described, ...(user && { email: user.email }) };
  };
