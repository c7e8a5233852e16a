import { ApiProblem } from './api-problem.ts';
import type { TokenSource } from './credentials.ts';
import { mayPass, pause, waitMs } from './retries.ts';
import { retryAfterMsOf } from './retry-after.ts';
import { type ServerSentEvent, serverSentEvents } from './server-sent-events.ts';

/** Reads a stream of events until the signal aborts. */
export type Follow = (signal: AbortSignal) => AsyncGenerator<ServerSentEvent, void, void>;

export type FollowOptions = {
  readonly url: string;
  readonly fetch: typeof fetch;
  readonly tokens: TokenSource | undefined;
  readonly signal: AbortSignal;
};

const problemOf = async (response: Response): Promise<ApiProblem> => {
  const body: unknown = await response.json().catch(() => undefined);
  const retryAfter = retryAfterMsOf(response.headers.get('retry-after'), Date.now());
  return new ApiProblem({ status: response.status, headers: response.headers, body }, retryAfter);
};

/** The attempts after which waits grow no more: 6.4 s. */
const LONGEST_STEP = 6;

type Opening = { readonly token: string | undefined; readonly lastId: string | undefined };

const opened = async ({ url, fetch, tokens, signal }: FollowOptions, { token, lastId }: Opening) => {
  const response = await fetch(url, {
    signal,
    headers: {
      accept: 'text/event-stream',
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
      ...(lastId !== undefined && { 'last-event-id': lastId }),
    },
  });
  if (response.ok && response.body) return response.body;
  if (response.status === 401 && token !== undefined) tokens?.forget(token);
  throw await problemOf(response);
};

/** A refused token is renewed once; any other refusal that does not pass by itself is told. */
const isFinal = (error: unknown, attempt: number): boolean =>
  error instanceof ApiProblem && !mayPass(error.status) && !(error.status === 401 && attempt === 1);

/**
 * The events of a stream; when it ends or breaks it is opened again behind the last event that came (`Last-Event-ID`),
 * after waits that grow while it does not come. Ends with the signal.
 *
 * @throws {ApiProblem} where it is refused and waiting will not help; whatever the token source throws.
 */
export async function* follow(options: FollowOptions): AsyncGenerator<ServerSentEvent, void, void> {
  let lastId: string | undefined;
  let attempt = 0;
  while (!options.signal.aborted) {
    let asked: number | undefined;
    const token = await options.tokens?.get(options.signal);
    try {
      for await (const event of serverSentEvents(await opened(options, { token, lastId }))) {
        lastId = event.id ?? lastId;
        attempt = 0;
        yield event;
      }
    } catch (error) {
      if (options.signal.aborted) return;
      if (isFinal(error, attempt + 1)) throw error;
      if (error instanceof ApiProblem) asked = error.retryAfterMs;
    }
    attempt = Math.min(attempt + 1, LONGEST_STEP);
    await pause(waitMs(attempt, asked), options.signal).catch(() => undefined);
  }
}
