import type { contactRoutes } from '@contact-sync/api-contracts';
import type { RouteHandler } from '@contact-sync/service-kit';
import { contactListOf } from '../../domain/lists/contact-list.ts';
import type { ContactStore } from '../../ports.ts';
import { listContacts as readPage } from '../../use-cases/read-contacts.ts';
import { pageOf } from './page-of.ts';

/** A walk by cursor; a contact that stands still during the walk comes exactly once. */
export const listContacts =
  (store: ContactStore): RouteHandler<typeof contactRoutes.listContacts> =>
  async ({ query: { limit, cursor, ...wish } }) => ({
    status: 200,
    body: pageOf(await readPage(store, { list: contactListOf(wish), limit, cursor })),
  });
