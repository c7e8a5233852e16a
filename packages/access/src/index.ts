export {
  AccessClaims,
  accessTokenAlgorithm,
  accessTokenType,
  publicAudience,
} from './access-claims.ts';
export { type AccessOptions, accessPlugin } from './access-plugin.ts';
export { networkOf, plainAddress } from './client-address.ts';
export type { RoutePermission } from './guarded-route.ts';
export { type JwksSource, remoteJwks } from './jwks.ts';
export { createKeyRing, type KeyRing } from './key-ring.ts';
export {
  type InternalScope,
  internalScopes,
  isInternalScope,
  isRole,
  isScope,
  type Permission,
  permissions,
  permissionsOfRoles,
  type Role,
  roles,
  type Scope,
} from './permissions.ts';
export type { Principal } from './principal.ts';
export { requirePrincipal } from './require-principal.ts';
export { createServiceTokens, type ServiceTokens } from './service-tokens.ts';
