import type { AnswerOf, receiptRoutes } from '@contact-sync/api-contracts';
import { AppError } from '@contact-sync/domain';
import type { RouteHandlers } from '@contact-sync/service-kit';
import type { SeenEvents } from '../ports.ts';

/** `/internal/events` (contracts.md): ingest's part of an event's fate, within the dedupe window. */
export const receiptHandlers = (seen: SeenEvents): RouteHandlers<typeof receiptRoutes> => {
  const answerFor = async (eventId: string): Promise<AnswerOf<typeof receiptRoutes.getReceipts>> => {
    const contents = await seen.receipts(eventId);
    if (contents.length > 0) return { status: 200, body: { eventId, contents: [...contents] } };
    throw new AppError('NOT_FOUND', { message: 'No such event was accepted within the dedupe window.' });
  };
  return {
    getReceipts: ({ params }) => answerFor(params.id),
    findReceipts: ({ query }) => answerFor(query.id),
  };
};
