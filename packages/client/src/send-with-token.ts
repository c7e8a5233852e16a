import { ApiProblem } from './api-problem.ts';
import type { TokenSource } from './credentials.ts';
import type { Prepared } from './prepare.ts';
import { type Answer, type SendOptions, send } from './send.ts';

/** Sends with a token; one that is refused is renewed once. */
export const sendWithToken = async (
  prepared: Prepared,
  tokens: TokenSource,
  options: SendOptions,
  signal?: AbortSignal,
): Promise<Answer> => {
  const withToken = (token: string): Prepared => ({
    ...prepared,
    headers: { ...prepared.headers, authorization: `Bearer ${token}` },
  });
  const token = await tokens.get(signal);
  try {
    return await send(withToken(token), options, signal);
  } catch (error) {
    if (!(error instanceof ApiProblem && error.status === 401)) throw error;
    tokens.forget(token);
    const renewed = await tokens.get(signal);
    if (renewed === token) throw error;
    return send(withToken(renewed), options, signal);
  }
};
