import type { App } from '@contact-sync/service-kit';
import type { ContactStore } from '../../ports.ts';
import { readHistory } from '../../use-cases/read-contacts.ts';
import { ContactParams, HistoryPage, HistoryQuerystring } from './schemas.ts';

/** `GET /api/v1/contacts/{id}/history`: what happened to a contact, newest first. */
export const getHistoryRoute = async (app: App, { store }: { store: ContactStore }): Promise<void> => {
  app.get(
    '/:id/history',
    {
      config: { permission: 'contacts:read' },
      schema: {
        description: 'Who changed what, and when.',
        params: ContactParams,
        querystring: HistoryQuerystring,
        response: { 200: HistoryPage },
      },
    },
    async (request) => {
      const { limit, cursor } = request.query;
      const page = await readHistory(store, request.params.id, { limit, cursor });
      return { items: [...page.items], ...(page.next !== undefined && { nextCursor: page.next }) };
    },
  );
};
