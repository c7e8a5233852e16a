/** What users may do by role and machines by scope, on public routes (contracts.md, "Permissions"). */
export const permissions = [
  'contacts:read',
  'contacts:write',
  'events:read',
  'events:replay',
  'mappings:read',
  'simulator:run',
  'users:admin',
] as const;
export type Permission = (typeof permissions)[number];

/** What machines may do on `/internal` routes; no role has any of them. */
export const internalScopes = ['contacts:apply', 'ingest:read', 'ingest:replay', 'revocations:read'] as const;
export type InternalScope = (typeof internalScopes)[number];

/** What a machine client can be granted. */
export type Scope = Permission | InternalScope;

export const roles = ['viewer', 'editor', 'admin'] as const;
export type Role = (typeof roles)[number];

const reads: readonly Permission[] = ['contacts:read', 'events:read', 'mappings:read'];

const permissionsOf: Readonly<Record<Role, readonly Permission[]>> = {
  viewer: reads,
  editor: [...reads, 'contacts:write', 'simulator:run'],
  admin: permissions,
};

const known = {
  roles: new Set<string>(roles),
  scopes: new Set<string>([...permissions, ...internalScopes]),
  internal: new Set<string>(internalScopes),
};

export const isRole = (name: string): name is Role => known.roles.has(name);
export const isScope = (name: string): name is Scope => known.scopes.has(name);
export const isInternalScope = (name: string): name is InternalScope => known.internal.has(name);

/** The union of what the roles allow. */
export const permissionsOfRoles = (given: readonly Role[]): ReadonlySet<Permission> =>
  new Set(given.flatMap((role) => permissionsOf[role]));
