import { AppError, parseJson } from '@contact-sync/domain';
import { Pool } from 'undici';
import type { Metrics } from '../ops/metrics.ts';
import { observeCalls, outcomeOfStatus } from './client-metrics.ts';

export type HttpRequest = {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON. */
  readonly json?: unknown;
  /** Sent as it is; `headers` must name its type. */
  readonly body?: string | Buffer;
  /** Overrides the client's own, in milliseconds. */
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal;
};

export type HttpResponse = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
  /** The body as JSON; undefined where it is none. */
  readonly json: unknown;
};

export type HttpClient = {
  /**
   * One request, never repeated. Any status is an answer.
   *
   * @throws {AppError} DEPENDENCY_UNAVAILABLE or TIMEOUT, both retryable, where there was no answer.
   */
  readonly request: (request: HttpRequest) => Promise<HttpResponse>;
  readonly close: () => Promise<void>;
};

const parse = (text: string): unknown => {
  try {
    return parseJson(text);
  } catch {
    return undefined;
  }
};

const toFault = (peer: string, cause: unknown): AppError => {
  const name = cause instanceof Error ? cause.name : '';
  const late = name === 'TimeoutError' || name.endsWith('TimeoutError');
  return new AppError(late ? 'TIMEOUT' : 'DEPENDENCY_UNAVAILABLE', {
    message: 'A service that is needed for this does not answer.',
    internal: `${peer} ${late ? 'did not answer in time' : 'could not be reached'}`,
    cause,
    retryable: true,
  });
};

/** A keep-alive pool to one peer. Every request ends within its time-out (5 s by default). */
export const createHttpClient = (options: {
  readonly peer: string;
  readonly baseUrl: string;
  readonly timeoutMs?: number;
  readonly connections?: number;
  /** Where it is told how its requests end. */
  readonly metrics?: Metrics;
}): HttpClient => {
  const ended = options.metrics ? observeCalls(options.metrics, options.peer) : () => undefined;
  const base = new URL(options.baseUrl);
  const prefix = base.pathname.replace(/\/$/, '');
  const pool = new Pool(base.origin, {
    connections: options.connections ?? 32,
    connect: { timeout: 2_000 },
    keepAliveTimeout: 30_000,
  });
  return {
    request: async ({ method, path, headers, json, body, timeoutMs, signal }) => {
      const startedAt = performance.now();
      const limit = AbortSignal.timeout(timeoutMs ?? options.timeoutMs ?? 5_000);
      try {
        const response = await pool.request({
          method,
          path: `${prefix}${path}`,
          headers: { ...(json === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
          body: json === undefined ? (body ?? null) : JSON.stringify(json),
          signal: signal ? AbortSignal.any([limit, signal]) : limit,
        });
        const text = await response.body.text();
        ended(outcomeOfStatus(response.statusCode), performance.now() - startedAt);
        return { status: response.statusCode, headers: response.headers, text, json: parse(text) };
      } catch (error) {
        const fault = toFault(options.peer, error);
        ended(fault.code === 'TIMEOUT' ? 'timeout' : 'unreachable', performance.now() - startedAt);
        throw fault;
      }
    },
    close: () => pool.destroy(),
  };
};
