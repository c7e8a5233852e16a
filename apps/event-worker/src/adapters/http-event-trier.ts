import type { ServiceTokens } from '@contact-sync/access';
import { type ApplyResult, chunksOf, limits, type SourceEvent } from '@contact-sync/domain';
import type { HttpClient } from '@contact-sync/service-kit';
import type { EventTrier } from '../replay/event-trier.ts';
import { readApplyAnswer } from './apply-answer.ts';
import { callInternal } from './internal-caller.ts';

/** contact-service's internal apply route (contracts.md); a batch that is refused whole is halved down to the event at fault. */
export const createHttpEventTrier = (options: {
  readonly http: HttpClient;
  readonly tokens: Pick<ServiceTokens, 'getToken' | 'invalidate'>;
}): EventTrier => {
  const ask = async (events: readonly SourceEvent[], dryRun: boolean): Promise<ApplyResult[]> => {
    const path = `/internal/contacts/apply?dryRun=${dryRun}`;
    const response = await callInternal(options, { method: 'POST', path, json: { events } });
    const answer = readApplyAnswer(response, events.length);
    if ('results' in answer) return [...answer.results];
    const [first] = events;
    if (events.length === 1 && first !== undefined) {
      return [{ eventId: first.eventId, retryable: false, ...answer.refused }];
    }
    const middle = Math.ceil(events.length / 2);
    return [...(await ask(events.slice(0, middle), dryRun)), ...(await ask(events.slice(middle), dryRun))];
  };
  return {
    apply: async (events, { dryRun }) => {
      const results: ApplyResult[] = [];
      for (const some of chunksOf(events, limits.eventsPerApply)) results.push(...(await ask(some, dryRun)));
      return results;
    },
  };
};
