import type { Principal } from '@contact-sync/access';
import { AppError } from '@contact-sync/domain';
import type { Users } from '../ports.ts';

/** Who asks, as it stands now; e-mail for users only. */
export type PrincipalDescription = {
  readonly kind: Principal['kind'];
  readonly id: string;
  readonly email?: string;
  readonly roles: string[];
  readonly permissions: string[];
};

/**
 * Tells a principal what it is.
 *
 * @throws {AppError} UNAUTHENTICATED where the user is gone, disabled, or has ended this token's epoch.
 */
export const createDescribePrincipal =
  (users: Users) =>
  async (principal: Principal): Promise<PrincipalDescription> => {
    const { kind, id, epoch } = principal;
    const described = { kind, id, roles: [...principal.roles], permissions: [...principal.permissions] };
    if (kind === 'machine') return described;
    const user = await users.findById(id);
    if (!user || user.disabled || epoch < user.epoch) {
      throw new AppError('UNAUTHENTICATED', { message: 'The access token is no longer valid.' });
    }
    return { ...described, email: user.email };
  };

export type DescribePrincipal = ReturnType<typeof createDescribePrincipal>;
