import type { contactRoutes } from '@contact-sync/api-contracts';
import type { RouteHandler } from '@contact-sync/service-kit';
import type { EditorPorts } from '../../use-cases/edit-contact.ts';
import { readGaps } from '../../use-cases/read-gaps.ts';
import { pageOf } from './page-of.ts';

/** Versions of AcmeCRM that have not come. */
export const listGaps =
  ({ store, now }: EditorPorts): RouteHandler<typeof contactRoutes.listGaps> =>
  async ({ query: { state, limit, cursor } }) => {
    const { items, next } = await readGaps(store.gaps, { state, limit, cursor }, now());
    const named = items.map((gap) => ({ source: 'acmecrm' as const, ...gap }));
    return { status: 200, body: pageOf({ items: named, ...(next !== undefined && { next }) }) };
  };
