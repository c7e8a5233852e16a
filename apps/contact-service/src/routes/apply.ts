import type { applyRoutes, liftRoutes } from '@contact-sync/api-contracts';
import type { RouteHandlers } from '@contact-sync/service-kit';
import type { ApplyPorts } from '../use-cases/apply-events.ts';
import { applyItems } from '../use-cases/apply-items.ts';
import { type LiftPorts, liftContacts } from '../use-cases/lift-contacts.ts';
import { applyInSteps } from './apply-steps.ts';

/** `/internal/contacts` (contracts.md): an outcome an item, in order, also for one that is no event. */
export const applyHandlers = (ports: ApplyPorts): RouteHandlers<typeof applyRoutes> => ({
  applyEvents: async ({ body: { events, traceparents }, query: { dryRun } }) => {
    const apply = () => applyItems(ports, events, { dryRun });
    const results = traceparents ? applyInSteps(events, traceparents, apply) : apply();
    return { status: 200, body: { results: [...(await results)] } };
  },
});

/** For rewinds (design section 5). */
export const liftHandlers = (ports: LiftPorts): RouteHandlers<typeof liftRoutes> => ({
  liftContacts: async ({ body: { contacts, dryRun = false } }) => ({
    status: 200,
    body: { lifted: await liftContacts(ports, contacts, { dryRun }) },
  }),
});
