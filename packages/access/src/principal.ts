import { isScope, type Scope } from '@contact-sync/api-contracts';
import type { AccessClaims } from './access-claims.ts';
import { isRole, permissionsOfRoles, type Role } from './roles.ts';

/** Who asks, as a verified token tells it. */
export type Principal = {
  readonly kind: 'user' | 'machine';
  /** The user's id or the machine client's id. */
  readonly id: string;
  /** Empty for machines. */
  readonly roles: readonly Role[];
  /** What the principal may do: by role for users, by granted scope for machines. */
  readonly permissions: ReadonlySet<Scope>;
  readonly sessionId: string;
  readonly tokenId: string;
  readonly epoch: number;
};

/**
 * The principal that claims stand for; undefined where they are neither a user's nor a machine's. Roles and scopes
 * that this build does not know allow nothing.
 */
export const principalOf = (claims: AccessClaims): Principal | undefined => {
  const token = { id: claims.sub, sessionId: claims.sid, tokenId: claims.jti, epoch: claims.epoch };
  if (claims.client_id === undefined) {
    if (claims.roles.length === 0 || claims.scope !== '') return undefined;
    const roles = claims.roles.filter(isRole);
    return { ...token, kind: 'user', roles, permissions: permissionsOfRoles(roles) };
  }
  if (claims.client_id !== claims.sub || claims.roles.length > 0) return undefined;
  return {
    ...token,
    kind: 'machine',
    roles: [],
    permissions: new Set(claims.scope.split(' ').filter(isScope)),
  };
};
