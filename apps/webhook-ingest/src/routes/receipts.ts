import type { AnswerOf, Receipts, receiptRoutes } from '@contact-sync/api-contracts';
import { AppError } from '@contact-sync/domain';
import type { RouteHandlers } from '@contact-sync/service-kit';
import type { ReceivedContent, SeenEvents } from '../ports.ts';

const toContent = ({ duplicates, ...content }: ReceivedContent): Receipts['contents'][number] => ({
  ...content,
  ...(duplicates && { duplicates: { count: duplicates.count, at: [...duplicates.at] } }),
});

/** `/internal/events` (contracts.md): ingest's part of an event's fate, within the dedupe window. */
export const receiptHandlers = (seen: SeenEvents): RouteHandlers<typeof receiptRoutes> => {
  const receiptsOf = async (ids: readonly string[]): Promise<Receipts[]> => {
    const found = await seen.receipts(ids);
    return ids.map((eventId, index) => ({ eventId, contents: (found[index] ?? []).map(toContent) }));
  };
  const answerFor = async (eventId: string): Promise<AnswerOf<typeof receiptRoutes.getReceipts>> => {
    const [body] = await receiptsOf([eventId]);
    if (body && body.contents.length > 0) return { status: 200, body };
    throw new AppError('NOT_FOUND', { message: 'No such event was accepted within the dedupe window.' });
  };
  return {
    getReceipts: ({ params }) => answerFor(params.id),
    findReceipts: ({ query }) => answerFor(query.id),
    lookUpReceipts: async ({ body }) => ({ status: 200, body: { results: await receiptsOf(body.ids) } }),
  };
};
