import type { ServiceTokens } from '@contact-sync/access';
import type { SourceEvent } from '@contact-sync/domain';
import type { HttpClient, HttpRequest } from '@contact-sync/service-kit';
import type { ContactApplier } from '../ports.ts';
import { failedOnBatch, readApplyAnswer } from './apply-answer.ts';

/** A connection that broke under a request, against one that was never made. */
const breaks: readonly unknown[] = ['ECONNRESET', 'EPIPE', 'UND_ERR_SOCKET'];

const isBreak = (error: unknown): boolean =>
  error instanceof Error && breaks.includes((error.cause as { code?: unknown } | undefined)?.code);

const request = async (http: HttpClient, what: HttpRequest) => {
  try {
    return await http.request(what);
  } catch (error) {
    // An event may be what a copy of contact-service died of.
    throw isBreak(error) ? failedOnBatch('contact-service broke the connection', error) : error;
  }
};

/** The batch as JSON; undefined where an event is nested beyond what can be written. */
const bodyOf = (
  events: readonly SourceEvent[],
  traces: readonly (string | undefined)[],
): string | undefined => {
  const isTraced = traces.some((trace) => trace !== undefined);
  try {
    return JSON.stringify(
      isTraced ? { events, traceparents: traces.map((trace = '') => trace) } : { events },
    );
  } catch {
    return undefined;
  }
};

/** contact-service's internal apply route, called with a machine token (contracts.md). */
export const createHttpContactApplier = (options: {
  readonly http: HttpClient;
  readonly tokens: Pick<ServiceTokens, 'getToken' | 'invalidate'>;
}): ContactApplier => ({
  apply: async (events, signal, traceparents = []) => {
    const body = bodyOf(events, traceparents);
    if (body === undefined) return { refused: { code: 'INVALID_EVENT' } };
    const token = await options.tokens.getToken();
    const response = await request(options.http, {
      method: 'POST',
      path: '/internal/contacts/apply',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body,
      signal,
    });
    if (response.status === 401) options.tokens.invalidate(token);
    return readApplyAnswer(response, events.length);
  },
});
