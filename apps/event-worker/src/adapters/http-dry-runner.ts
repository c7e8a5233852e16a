import type { ServiceTokens } from '@contact-sync/access';
import type { ApplyResult, SourceEvent } from '@contact-sync/domain';
import { limits } from '@contact-sync/domain';
import type { HttpClient } from '@contact-sync/service-kit';
import type { DryRunner } from '../replay/dry-runner.ts';
import { readApplyAnswer } from './apply-answer.ts';
import { callWithToken } from './call-with-token.ts';

/** contact-service's internal apply route with nothing written (contracts.md). */
export const createHttpDryRunner = (options: {
  readonly http: HttpClient;
  readonly tokens: Pick<ServiceTokens, 'getToken' | 'invalidate'>;
}): DryRunner => {
  /** In halves where the whole is refused, down to the event at fault. */
  const ask = async (events: readonly SourceEvent[]): Promise<ApplyResult[]> => {
    if (events.length === 0) return [];
    const response = await callWithToken(options, {
      method: 'POST',
      path: '/internal/contacts/apply?dryRun=true',
      json: { events },
    });
    const answer = readApplyAnswer(response, events.length);
    if ('results' in answer) return [...answer.results];
    const [first] = events;
    if (events.length === 1 && first !== undefined) {
      return [{ eventId: first.eventId, retryable: false, ...answer.refused }];
    }
    const middle = Math.ceil(events.length / 2);
    return [...(await ask(events.slice(0, middle))), ...(await ask(events.slice(middle)))];
  };
  return {
    dryRun: async (events) => {
      const results: ApplyResult[] = [];
      for (let from = 0; from < events.length; from += limits.eventsPerApply) {
        results.push(...(await ask(events.slice(from, from + limits.eventsPerApply))));
      }
      return results;
    },
  };
};
