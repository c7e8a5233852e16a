import type { App } from '@contact-sync/service-kit';
import type { ContactStore, ListOrder } from '../../ports.ts';
import { listContacts } from '../../use-cases/read-contacts.ts';
import { ContactPage, ListQuerystring } from './schemas.ts';

const orderOf = (sort: ListQuerystring['sort']): ListOrder => {
  const descending = sort.startsWith('-');
  return { by: (descending ? sort.slice(1) : sort) as ListOrder['by'], descending };
};

/** `GET /api/v1/contacts`: a walk by cursor; a contact that stands still during the walk comes exactly once. */
export const listContactsRoute = async (app: App, { store }: { store: ContactStore }): Promise<void> => {
  app.get(
    '/',
    {
      config: { permission: 'contacts:read' },
      schema: {
        description: 'Contacts, page by page.',
        querystring: ListQuerystring,
        response: { 200: ContactPage },
      },
    },
    async (request) => {
      const { sort, limit, includeDeleted, cursor } = request.query;
      const page = await listContacts(store, { order: orderOf(sort), limit, includeDeleted, cursor });
      return { items: [...page.items], ...(page.next !== undefined && { nextCursor: page.next }) };
    },
  );
};
