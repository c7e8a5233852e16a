import type { contactRoutes } from '@contact-sync/api-contracts';
import type { RouteHandler } from '@contact-sync/service-kit';
import type { ContactStore } from '../../ports.ts';
import { readHistory } from '../../use-cases/read-contacts.ts';
import { pageOf } from './page-of.ts';

/** What happened to a contact, newest first. */
export const getHistory =
  (store: ContactStore): RouteHandler<typeof contactRoutes.getHistory> =>
  async ({ params, query: { limit, cursor } }) => ({
    status: 200,
    body: pageOf(await readHistory(store, params.id, { limit, cursor })),
  });
