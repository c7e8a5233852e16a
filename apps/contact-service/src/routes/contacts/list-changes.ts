import type { contactRoutes } from '@contact-sync/api-contracts';
import type { RouteHandler } from '@contact-sync/service-kit';
import type { ContactStore } from '../../ports.ts';
import { readChanges } from '../../use-cases/read-changes.ts';

/** The change feed; its cursor is there on every page. */
export const listChanges =
  (store: ContactStore): RouteHandler<typeof contactRoutes.listChanges> =>
  async ({ query }) => {
    const { changes, next, isEnd } = await readChanges(store, { limit: query.limit, after: query.after });
    return { status: 200, body: { items: [...changes], nextCursor: next, hasMore: !isEnd } };
  };
