import { ApiProblem } from './api-problem.ts';
import { NoAnswer } from './no-answer.ts';
import type { Prepared } from './prepare.ts';
import { mayPass, pause, type RetryOptions, waitMs } from './retries.ts';
import { retryAfterMsOf } from './retry-after.ts';

export type Answer = { readonly status: number; readonly headers: Headers; readonly body: unknown };

export type SendOptions = {
  readonly fetch: typeof fetch;
  readonly retry: RetryOptions;
  readonly timeoutMs: number;
  readonly parse: (text: string) => unknown;
};

/** Undefined where the answer is no JSON, as a proxy's page. */
const jsonOf = (text: string, parse: SendOptions['parse']): unknown => {
  if (text === '') return undefined;
  try {
    return parse(text);
  } catch {
    return undefined;
  }
};

const isOk = ({ status }: Answer): boolean => (status >= 200 && status < 300) || status === 304;

/** A safe request and one with an Idempotency-Key have the same effect however often they are sent. */
const isRepeatable = ({ row }: Prepared): boolean => row.method === 'GET' || row.idempotencyKey === true;

/** Sends once; the answer is whole when it resolves. */
const ask = async (
  { row, url, headers, body }: Prepared,
  options: SendOptions,
  signal?: AbortSignal,
): Promise<Answer> => {
  const limit = AbortSignal.timeout(options.timeoutMs);
  try {
    const response = await options.fetch(url, {
      method: row.method,
      headers,
      signal: signal ? AbortSignal.any([signal, limit]) : limit,
      ...(body !== undefined && { body }),
    });
    const answered = await response.text();
    return {
      status: response.status,
      headers: response.headers,
      body: jsonOf(answered, options.parse),
    };
  } catch (error) {
    signal?.throwIfAborted();
    throw new NoAnswer(row.method, row.path, error);
  }
};

const once = async (prepared: Prepared, options: SendOptions, signal?: AbortSignal): Promise<Answer> => {
  const answer = await ask(prepared, options, signal);
  if (isOk(answer)) return answer;
  throw new ApiProblem(answer, retryAfterMsOf(answer.headers.get('retry-after'), Date.now()));
};

/** Whether another attempt may do better: nothing came back, or a status that passes. */
const isWorthAnother = (error: unknown): boolean =>
  error instanceof ApiProblem ? mayPass(error.status) : error instanceof NoAnswer;

/**
 * Sends a request; one that may be repeated is tried again after a failure that may pass, when the answer asks for it.
 *
 * @throws {ApiProblem} for every answer that is an error.
 * @throws {NoAnswer} where there was none; the signal's reason when it aborts.
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
      const isLast = attempt >= attempts || wait > longestWaitMs;
      if (isLast || !isRepeatable(prepared) || !isWorthAnother(error)) throw error;
      await pause(wait, signal);
    }
  }
};
