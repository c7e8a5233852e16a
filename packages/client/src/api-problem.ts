type ProblemBody = {
  readonly code?: unknown;
  readonly title?: unknown;
  readonly detail?: unknown;
  readonly requestId?: unknown;
  readonly errors?: unknown;
};

type FailedAnswer = { readonly status: number; readonly headers: Headers; readonly body: unknown };

/** One part of the request that is at fault: where it stands (RFC 6901) and why. */
export type ProblemFault = { readonly pointer: string; readonly detail: string; readonly code?: string };

const textOf = (value: unknown, otherwise: string): string => (typeof value === 'string' ? value : otherwise);

/** An answer that is an error: problem+json (RFC 9457) as it came, or what is known where it was none. */
export class ApiProblem extends Error {
  override readonly name = 'ApiProblem';
  readonly status: number;
  /** Stable, from the closed list of error codes; `UNKNOWN` where the answer named none. */
  readonly code: string;
  /** Stands in the logs of the services too. */
  readonly requestId: string | undefined;
  /** Which parts of the request are at fault. */
  readonly errors: readonly ProblemFault[];
  /** How long to wait before the same request may work, in milliseconds, where the answer says so. */
  readonly retryAfterMs: number | undefined;

  /** Of the answer: `WWW-Authenticate`, `Allow` or `RateLimit`, say. */
  readonly headers: Headers;

  constructor({ status, headers, body }: FailedAnswer, retryAfterMs?: number) {
    const problem: ProblemBody = typeof body === 'object' && body !== null ? body : {};
    const code = textOf(problem.code, 'UNKNOWN');
    super(`${status} ${code}: ${textOf(problem.detail, 'the answer says no more')}`);
    this.status = status;
    this.code = code;
    this.requestId = typeof problem.requestId === 'string' ? problem.requestId : undefined;
    this.errors = Array.isArray(problem.errors) ? (problem.errors as ProblemFault[]) : [];
    this.retryAfterMs = retryAfterMs;
    this.headers = headers;
  }
}
