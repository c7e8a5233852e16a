import type { auditRoutes } from '@contact-sync/api-contracts';
import type { RouteHandlers } from '@contact-sync/service-kit';
import type { AuditTrail, NotedEntry } from '../ports.ts';
import { readAudit } from '../use-cases/read-audit.ts';

const toAnswer = ({ id, at, entry }: NotedEntry) => ({
  id,
  at: new Date(at).toISOString(),
  ...entry,
  ...(entry.detail && { detail: { ...entry.detail } }),
});

/** `/api/v1/audit` (contracts.md, "Sessions"). */
export const auditHandlers = (trail: AuditTrail): RouteHandlers<typeof auditRoutes> => ({
  listAuditEntries: async ({ query }) => {
    const { items, next } = await readAudit(trail, query);
    const nextCursor = next === undefined ? {} : { nextCursor: next };
    return { status: 200, body: { items: items.map(toAnswer), ...nextCursor } };
  },
});
