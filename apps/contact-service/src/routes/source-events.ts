import type { sourceEventRoutes } from '@contact-sync/api-contracts';
import type { RouteHandlers } from '@contact-sync/service-kit';
import type { ContactStore } from '../ports.ts';
import { readSourceEvents } from '../use-cases/read-source-events.ts';

/** `/internal/contacts/{id}/source-events` (contracts.md): what fates follow from whose records have aged out. */
export const sourceEventHandlers = (store: ContactStore): RouteHandlers<typeof sourceEventRoutes> => ({
  getSourceEvents: async ({ params }) => ({ status: 200, body: await readSourceEvents(store, params.id) }),
});
