export {
  AccessClaims,
  accessTokenAlgorithm,
  accessTokenType,
  publicAudience,
} from './access-claims.ts';
export { type AccessOptions, accessPlugin } from './access-plugin.ts';
export { networkOf, plainAddress } from './client-address.ts';
export { type Access, type AccessSettings, type ConnectedAccess, connectAccess } from './connect-access.ts';
export type { RoutePermission } from './guarded-route.ts';
export { type JwksSource, remoteJwks } from './jwks.ts';
export { createKeyRing, type KeyRing } from './key-ring.ts';
export type { Principal } from './principal.ts';
export { requirePrincipal } from './require-principal.ts';
export {
  createRevocationFeed,
  type RevocationFeed,
  type Revocations,
} from './revocations/revocation-feed.ts';
export type { RevocationSource, RevokedSince } from './revocations/revocation-source.ts';
export { isRole, type Role, roles } from './roles.ts';
export { type RouteKind, routeKindOf } from './route-kind.ts';
export { createServiceTokens, type ServiceTokens } from './service-tokens.ts';
