import type { Method, RouteAccess } from '@contact-sync/api-contracts';
import { permissionsOfRoles } from './roles.ts';

/** Whether a route goes on by signature alone while it is not known what was revoked, for a while: reads alone do. */
export type RouteKind = 'read' | 'change';

const ofAnyEditor = permissionsOfRoles(['editor']);
const ofAdminsAlone = new Set<string>(
  [...permissionsOfRoles(['admin'])].filter((permission) => !ofAnyEditor.has(permission)),
);

/**
 * The kind of a route by its contract: what only admins may is a change whatever its method, what takes a permission to
 * read is a read whatever its method, and for the rest the method says it.
 */
export const routeKindOf = (method: Method | 'HEAD', access: RouteAccess): RouteKind => {
  if (ofAdminsAlone.has(access)) return 'change';
  return method === 'GET' || method === 'HEAD' || access.endsWith(':read') ? 'read' : 'change';
};
