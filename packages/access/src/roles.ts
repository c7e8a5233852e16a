import { type Permission, permissions } from '@contact-sync/api-contracts';

export const roles = ['viewer', 'editor', 'admin'] as const;
export type Role = (typeof roles)[number];

const reads: readonly Permission[] = ['contacts:read', 'events:read', 'mappings:read'];

const permissionsOf: Readonly<Record<Role, readonly Permission[]>> = {
  viewer: reads,
  editor: [...reads, 'contacts:write', 'simulator:run'],
  admin: permissions,
};

const known = new Set<string>(roles);

export const isRole = (name: string): name is Role => known.has(name);

/** The union of what the roles allow. */
export const permissionsOfRoles = (given: readonly Role[]): ReadonlySet<Permission> =>
  new Set(given.flatMap((role) => permissionsOf[role]));
