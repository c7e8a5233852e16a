import { SourceEvents } from '@contact-sync/api-contracts';
import { compileCheck } from '@contact-sync/service-kit';
import type { SourceHistory } from '../fates/ports.ts';
import { answerOf, callInternal, type Peer } from './internal-caller.ts';

const checkAnswer = compileCheck(SourceEvents);

/** contact-service's internal source events, asked for with a machine token (contracts.md). */
export const createHttpSourceHistory = (contacts: Peer): SourceHistory => ({
  sourceEvents: async (contactId) => {
    const path = `/internal/contacts/${encodeURIComponent(contactId)}/source-events`;
    const response = await callInternal(contacts, { method: 'GET', path });
    const { code } = (response.json ?? {}) as { readonly code?: unknown };
    if (response.status === 404 && code === 'CONTACT_NOT_FOUND') return undefined;
    return answerOf<SourceEvents>(contacts, response, checkAnswer);
  },
});
