import type { ServiceTokens } from '@contact-sync/access';
import { AppError, ApplyResult } from '@contact-sync/domain';
import { compileCheck, type HttpClient, type HttpResponse } from '@contact-sync/service-kit';
import { Type } from 'typebox';
import type { ContactApplier } from '../ports.ts';

const checkAnswer = compileCheck(Type.Object({ results: Type.Array(ApplyResult) }));

const unusable = (internal: string): AppError =>
  new AppError('DEPENDENCY_UNAVAILABLE', {
    message: 'contact-service does not take events now.',
    internal,
    retryable: true,
  });

const resultsOf = ({ status, json }: HttpResponse, expected: number): readonly ApplyResult[] => {
  if (status !== 200) throw unusable(`contact-service answered ${status} to a batch`);
  if (checkAnswer(json).length > 0)
    throw unusable('contact-service answered with something else than results');
  const { results } = json as { results: ApplyResult[] };
  if (results.length !== expected) {
    throw unusable(`contact-service answered ${results.length} results to ${expected} events`);
  }
  return results;
};

/** contact-service's internal apply route, called with a machine token (contracts.md). */
export const createHttpContactApplier = (options: {
  readonly http: HttpClient;
  readonly tokens: Pick<ServiceTokens, 'getToken' | 'invalidate'>;
}): ContactApplier => ({
  apply: async (events, signal) => {
    const token = await options.tokens.getToken();
    const response = await options.http.request({
      method: 'POST',
      path: '/internal/contacts/apply',
      headers: { authorization: `Bearer ${token}` },
      json: { events },
      signal,
    });
    if (response.status === 401) options.tokens.invalidate(token);
    return resultsOf(response, events.length);
  },
});
