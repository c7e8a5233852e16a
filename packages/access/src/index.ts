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
export type { Principal } from './principal.ts';
export { requirePrincipal } from './require-principal.ts';
export { isRole, type Role, roles } from './roles.ts';
export { createServiceTokens, type ServiceTokens } from './service-tokens.ts';
