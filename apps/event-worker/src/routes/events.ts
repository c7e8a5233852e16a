import type { eventRoutes } from '@contact-sync/api-contracts';
import type { RouteHandlers } from '@contact-sync/service-kit';
import { listContactEvents } from '../fates/list-contact-events.ts';
import type { FatePorts } from '../fates/ports.ts';
import { readEventFate, readEventFates } from '../fates/read-event-fates.ts';

/** `/api/v1/events` and `/api/v1/contacts/{id}/events` (contracts.md, "Event fate"). */
export const eventHandlers = (ports: FatePorts): RouteHandlers<typeof eventRoutes> => ({
  getEventFate: async ({ params, query }) => ({
    status: 200,
    body: await readEventFate(ports, params.eventId, { contactId: query.contactId?.toLowerCase() }),
  }),
  findEventFate: async ({ query }) => ({
    status: 200,
    body: await readEventFate(ports, query.id, { contactId: query.contactId?.toLowerCase() }),
  }),
  lookUpEventFates: async ({ body }) => ({
    status: 200,
    body: { results: await readEventFates(ports, body.ids) },
  }),
  listContactEvents: async ({ params, query: { limit, cursor } }) => {
    const { items, ...next } = await listContactEvents(ports, params.id.toLowerCase(), { limit, cursor });
    return { status: 200, body: { items: [...items], ...next } };
  },
});
