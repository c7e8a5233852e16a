import { ApiProblem } from './api-problem.ts';
import type { Prepared } from './prepare.ts';
import { mayPass, pause, type RetryOptions, retryAfterMsOf, waitMs } from './retries.ts';

export type Answer = { readonly status: number; readonly headers: Headers; readonly body: unknown };

export type SendOptions = {
  readonly fetch: typeof fetch;
  readonly retry: RetryOptions;
  readonly timeoutMs: number;
  readonly parse: (text: string) => unknown;
};

/** Undefined where the answer is no JSON, as a proxy's page. */
const readJson = async (response: Response, parse: SendOptions['parse']): Promise<unknown> => {
  const text = await response.text();
  if (text === '') return undefined;
  try {
    return parse(text);
  } catch {
    return undefined;
  }
};

const isOk = ({ status }: Response): boolean => (status >= 200 && status < 300) || status === 304;

/** A safe request and one with an Idempotency-Key have the same effect however often they are sent. */
const isRepeatable = ({ row }: Prepared): boolean => row.method === 'GET' || row.idempotencyKey === true;

const once = async (
  { row, url, headers, body }: Prepared,
  options: SendOptions,
  signal?: AbortSignal,
): Promise<Answer> => {
  const limit = AbortSignal.timeout(options.timeoutMs);
  const response = await options.fetch(url, {
    method: row.method,
    headers,
    signal: signal ? AbortSignal.any([signal, limit]) : limit,
    ...(body !== undefined && { body }),
  });
  const { status, headers: answered } = response;
  const answer = { status, headers: answered, body: await readJson(response, options.parse) };
  if (isOk(response)) return answer;
  throw new ApiProblem(answer, retryAfterMsOf(answered.get('retry-after'), Date.now()));
};

/** Whether another attempt may do better: nothing came back, or a status that passes. */
const isWorthAnother = (error: unknown): boolean => !(error instanceof ApiProblem) || mayPass(error.status);

/**
 * Sends a request; one that may be repeated is tried again after a failure that may pass, when the answer asks for it.
 *
 * @throws {ApiProblem} for every answer that is an error; what `fetch` throws where there was none.
 */
export const send = async (
  prepared: Prepared,
  options: SendOptions,
  signal?: AbortSignal,
): Promise<Answer> => {
  const { attempts = 4, longestWaitMs = 10_000 } = options.retry;
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await once(prepared, options, signal);
    } catch (error) {
      const wait = waitMs(attempt, error instanceof ApiProblem ? error.retryAfterMs : undefined);
      const isLast = attempt >= attempts || wait > longestWaitMs || signal?.aborted === true;
      if (isLast || !isRepeatable(prepared) || !isWorthAnother(error)) throw error;
      await pause(wait, signal);
    }
  }
};
