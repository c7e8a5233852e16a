import type { conflictRoutes } from '@contact-sync/api-contracts';
import type { RouteHandlers } from '@contact-sync/service-kit';
import { fromConflictCursor, toConflictCursor } from '../domain/conflict-cursor.ts';
import { answerWithContact } from '../use-cases/plan-edits.ts';
import { type ResolutionPorts, resolveConflict } from '../use-cases/resolve-conflict.ts';
import { editedAnswer } from './contacts/edit-answers.ts';
import { authorOf } from './contacts/edit-requests.ts';
import { pageOf } from './contacts/page-of.ts';

/** `/api/v1/conflicts` (design section 6). */
export const conflictHandlers = (ports: ResolutionPorts): RouteHandlers<typeof conflictRoutes> => ({
  listConflicts: async ({ query: { limit, cursor } }) => {
    const after = cursor === undefined ? {} : { after: fromConflictCursor(cursor) };
    const { items, next } = await ports.store.conflicts.list({ limit, ...after });
    return {
      status: 200,
      body: pageOf({ items, ...(next !== undefined && { next: toConflictCursor(next) }) }),
    };
  },
  resolveConflict: async (request) => {
    const { params, body, headers } = request;
    const { id } = params;
    const resolution = { id, take: body.take, by: authorOf(request), ifMatch: headers['if-match'] };
    return editedAnswer(answerWithContact(200)(await resolveConflict(ports, resolution)));
  },
});
