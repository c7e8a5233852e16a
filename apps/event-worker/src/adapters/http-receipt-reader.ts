import { Receipts } from '@contact-sync/api-contracts';
import { compileCheck } from '@contact-sync/service-kit';
import { Type } from 'typebox';
import type { ReceiptReader } from '../fates/ports.ts';
import { answerOf, callInternal, type Peer } from './internal-caller.ts';

const checkAnswer = compileCheck(Type.Object({ results: Type.Array(Receipts) }));

/** webhook-ingest's internal receipts, asked for with a machine token (contracts.md). */
export const createHttpReceiptReader = (ingest: Peer): ReceiptReader => ({
  receipts: async (ids) => {
    const response = await callInternal(ingest, {
      method: 'POST',
      path: '/internal/events/lookup',
      json: { ids },
    });
    const { results } = answerOf<{ readonly results: readonly Receipts[] }>(ingest, response, checkAnswer);
    const byId = new Map(results.map((receipts) => [receipts.eventId, receipts]));
    return ids.map((eventId) => byId.get(eventId) ?? { eventId, contents: [] });
  },
});
