import type { applyRoutes } from '@contact-sync/api-contracts';
import type { RouteHandlers } from '@contact-sync/service-kit';
import type { ApplyPorts } from '../use-cases/apply-events.ts';
import { applyItems } from '../use-cases/apply-items.ts';

/** `/internal/contacts` (contracts.md): an outcome an item, in order, also for one that is no event. */
export const applyHandlers = (ports: ApplyPorts): RouteHandlers<typeof applyRoutes> => ({
  applyEvents: async ({ body, query: { dryRun } }) => ({
    status: 200,
    body: { results: [...(await applyItems(ports, body.events, { dryRun }))] },
  }),
});
