import type { Method } from '@contact-sync/api-contracts';
import { AppError } from '@contact-sync/domain';
import type { FastifyRequest } from 'fastify';
import type { RoutePermission } from './guarded-route.ts';
import type { RevocationStanding } from './revocations/revocation-feed.ts';
import { type RouteKind, routeKindOf } from './route-kind.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Where method and permission do not say it: on a route that is passed on to who asks for the permission. */
    routeKind?: RouteKind;
  }
}

const isRead = ({ method, routeOptions }: FastifyRequest, permission: RoutePermission): boolean =>
  (routeOptions.config.routeKind ?? routeKindOf(method as Method | 'HEAD', permission)) === 'read';

/**
 * Why a request with a good token must wait: it is not known what was revoked, or has not been for too long. A read
 * passes while that is but stale (design section 4).
 */
export const standingFault = (
  request: FastifyRequest,
  permission: RoutePermission,
  standing: RevocationStanding,
): AppError | undefined => {
  if (standing === 'live' || (standing === 'stale' && isRead(request, permission))) return undefined;
  return new AppError('DEPENDENCY_UNAVAILABLE', {
    message: 'Tokens cannot be verified right now.',
    internal: `what auth-service has revoked is ${standing}`,
    retryable: true,
  });
};
