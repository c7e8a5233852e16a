import type { letterRoutes } from '@contact-sync/api-contracts';
import type { RouteHandler } from '@contact-sync/service-kit';
import type { LetterIndex } from '../../letters/ports.ts';
import { selectLetters } from '../../letters/select-letters.ts';
import { type DryRunPorts, dryRun } from '../../replay/dry-run.ts';
import { fromCursor, nextCursorOf, selectionOf } from './selection.ts';

const largestPage = 100;

export const dryRunDeadLetters =
  (
    ports: DryRunPorts & { readonly index: Pick<LetterIndex, 'find' | 'list'> },
  ): RouteHandler<typeof letterRoutes.dryRunDeadLetters> =>
  async ({ body: { select, limit = largestPage, cursor } }) => {
    const page = await selectLetters(ports.index, selectionOf(select), { limit, ...fromCursor(cursor) });
    const outcomes = await dryRun(ports, page.entries);
    const items = page.entries.flatMap(({ id }, at) => {
      const { changes, ...outcome } = outcomes[at] ?? { outcome: 'gone' };
      return [{ id, ...outcome, ...(changes !== undefined && { changes: [...changes] }) }];
    });
    return { status: 200, body: { items, ...nextCursorOf(page.next) } };
  };
