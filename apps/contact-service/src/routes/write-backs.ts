import type { writeBackRoutes } from '@contact-sync/api-contracts';
import type { RouteHandlers } from '@contact-sync/service-kit';
import { planWriteBacks, type WriteBackPorts } from '../use-cases/plan-write-backs.ts';
import { settleWriteBacks } from '../use-cases/settle-write-backs.ts';

/** `/internal/contacts/write-back` (design section 6): what goes to AcmeCRM, and how it ended. */
export const writeBackHandlers = (ports: WriteBackPorts): RouteHandlers<typeof writeBackRoutes> => ({
  planWriteBacks: async ({ body: { ids, deletes }, query: { dryRun } }) => ({
    status: 200,
    body: { plans: await planWriteBacks(ports, ids, { deletes, dryRun }) },
  }),
  settleWriteBacks: async ({ body: { outcomes } }) => ({
    status: 200,
    body: { results: await settleWriteBacks(ports, outcomes) },
  }),
});
