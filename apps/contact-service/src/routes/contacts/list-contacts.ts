import type { App } from '@contact-sync/service-kit';
import { contactListOf } from '../../domain/lists/contact-list.ts';
import type { ContactStore } from '../../ports.ts';
import { listContacts } from '../../use-cases/read-contacts.ts';
import { ListQuerystring } from './list-querystring.ts';
import { ContactPage } from './schemas.ts';

/** `GET /api/v1/contacts`: a walk by cursor; a contact that stands still during the walk comes exactly once. */
export const listContactsRoute = async (app: App, { store }: { store: ContactStore }): Promise<void> => {
  app.get(
    '/',
    {
      config: { permission: 'contacts:read' },
      schema: {
        description:
          'Contacts, page by page; all filters that are given must hold. A page may be shorter than `limit` and still have a `nextCursor`. A contact that does not change while the pages are read comes exactly once.',
        querystring: ListQuerystring,
        response: { 200: ContactPage },
      },
    },
    async (request) => {
      const { limit, cursor, ...wish } = request.query;
      const page = await listContacts(store, { list: contactListOf(wish), limit, cursor });
      return { items: [...page.items], ...(page.next !== undefined && { nextCursor: page.next }) };
    },
  );
};
