import { isInternalScope, isScope, type RouteAccess } from '@contact-sync/api-contracts';
import type { RouteOptions } from 'fastify';
import { publicAudience } from './access-claims.ts';

/** What a route may ask for; `authenticated` is met by every valid token. */
export type RoutePermission = Exclude<RouteAccess, 'public'>;

const isInternalPath = (url: string): boolean => /^\/+internal(?:[/:*(]|$)/i.test(url);

/** The audience that a route with this permission takes; there is no other way to choose it. */
export const audienceOf = (permission: RoutePermission, internalAudience: string | undefined): string =>
  isInternalScope(permission) ? (internalAudience ?? '') : publicAudience;

/**
 * Refuses a route that is guarded by a word which is no permission, or whose path and permission disagree on whether
 * it is internal.
 *
 * @throws {Error} at boot.
 */
export const checkRoute = (route: RouteOptions, internalAudience: string | undefined): void => {
  const name = `${String(route.method)} ${route.url}`;
  const permission: string | undefined = route.config?.permission;
  if (permission !== undefined && permission !== 'authenticated' && !isScope(permission)) {
    throw new Error(`${name} asks for ${permission}, which is no permission`);
  }
  const internal = permission !== undefined && isInternalScope(permission);
  if (internal !== isInternalPath(route.url)) {
    throw new Error(`${name} must lie under /internal and ask for an internal scope, or neither`);
  }
  if (internal && !internalAudience) throw new Error(`${name} is internal but no internal audience is set`);
};
