import type { contactRoutes } from '@contact-sync/api-contracts';
import type { RouteHandler } from '@contact-sync/service-kit';
import type { ContactStore } from '../../ports.ts';
import { followLink } from '../../use-cases/follow-link.ts';
import { readHistory } from '../../use-cases/read-contacts.ts';
import { pageOf } from './page-of.ts';

/** What happened to a contact, newest first. */
export const getHistory =
  (store: ContactStore): RouteHandler<typeof contactRoutes.getHistory> =>
  async ({ params, query: { limit, cursor } }) => ({
    status: 200,
    body: pageOf(await followLink(store, params.id, (id) => readHistory(store, id, { limit, cursor }))),
  });
