import type { letterRoutes } from '@contact-sync/api-contracts';
import type { RouteHandler } from '@contact-sync/service-kit';
import type { LetterIndex } from '../../letters/ports.ts';
import { letterView } from './letter-view.ts';
import { filterOf, fromCursor, nextCursorOf } from './selection.ts';

export const listDeadLetters =
  (index: Pick<LetterIndex, 'list'>): RouteHandler<typeof letterRoutes.listDeadLetters> =>
  async ({ query: { limit, cursor, ...filter } }) => {
    const page = await index.list({
      filter: filterOf(filter),
      order: 'newest',
      limit,
      ...fromCursor(cursor),
    });
    return { status: 200, body: { items: page.entries.map(letterView), ...nextCursorOf(page.next) } };
  };
