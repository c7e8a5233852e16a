/** What users may do by role and machines by scope, on public routes (contracts.md, "Permissions"). */
export const permissions = [
  'contacts:read',
  'contacts:write',
  'contacts:erase',
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

const scopes = new Set<string>([...permissions, ...internalScopes]);
const internal = new Set<string>(internalScopes);

export const isScope = (name: string): name is Scope => scopes.has(name);
export const isInternalScope = (name: string): name is InternalScope => internal.has(name);
