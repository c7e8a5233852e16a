import type { ServiceTokens } from '@contact-sync/access';
import { AppError } from '@contact-sync/domain';
import type { HttpClient, HttpRequest, HttpResponse } from '@contact-sync/service-kit';

export type Peer = {
  readonly name: string;
  readonly http: HttpClient;
  readonly tokens: Pick<ServiceTokens, 'getToken' | 'invalidate'>;
};

/** It gave another answer than the contract of the route has for us. */
export const unexpectedAnswer = ({ name }: Pick<Peer, 'name'>, { status }: HttpResponse): AppError =>
  new AppError('DEPENDENCY_UNAVAILABLE', {
    message: 'A service that is needed for this does not answer.',
    internal: `${name} answered ${status} to an internal request`,
    retryable: true,
  });

/**
 * The body of a 200 that `check` finds no fault with.
 *
 * @throws {AppError} {@link unexpectedAnswer} for every other answer.
 */
export const answerOf = <Answer>(
  peer: Pick<Peer, 'name'>,
  response: HttpResponse,
  check: (body: unknown) => readonly unknown[],
): Answer => {
  if (response.status !== 200 || check(response.json).length > 0) throw unexpectedAnswer(peer, response);
  return response.json as Answer;
};

/**
 * One request to an internal route of a peer, with our machine token; a token that is refused is not used again.
 *
 * @throws {AppError} retryable, where there is no token or no answer.
 */
export const callInternal = async (
  { http, tokens }: Pick<Peer, 'http' | 'tokens'>,
  request: HttpRequest,
): Promise<HttpResponse> => {
  const token = await tokens.getToken();
  const headers = { ...request.headers, authorization: `Bearer ${token}` };
  const response = await http.request({ ...request, headers });
  if (response.status === 401) tokens.invalidate(token);
  return response;
};
