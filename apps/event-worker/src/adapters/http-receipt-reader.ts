import { Receipts } from '@contact-sync/api-contracts';
import { compileCheck } from '@contact-sync/service-kit';
import { Type } from 'typebox';
import type { ReceiptReader } from '../fates/ports.ts';
import { callInternal, type Peer, unexpectedAnswer } from './internal-caller.ts';

const checkAnswer = compileCheck(Type.Object({ results: Type.Array(Receipts) }));

/** webhook-ingest's internal receipts, asked for with a machine token (contracts.md). */
export const createHttpReceiptReader = (ingest: Peer): ReceiptReader => ({
  receipts: async (ids) => {
    const response = await callInternal(ingest, {
      method: 'POST',
      path: '/internal/events/lookup',
      json: { ids },
    });
    if (response.status !== 200 || checkAnswer(response.json).length > 0)
      throw unexpectedAnswer(ingest, response);
    const { results } = response.json as { readonly results: readonly Receipts[] };
    const byId = new Map(results.map((receipts) => [receipts.eventId, receipts]));
    return ids.map((eventId) => byId.get(eventId) ?? { eventId, contents: [] });
  },
});
