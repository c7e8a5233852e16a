import type { ErrorCode } from './error-codes.ts';

/** One fault of a request or record; `pointer` is a JSON pointer (RFC 6901), `detail` never holds the value itself. */
export type FieldError = { readonly pointer: string; readonly detail: string; readonly code?: string };

export type AppErrorOptions = {
  /** What the caller may read. */
  readonly message: string;
  /** What only our logs may read. */
  readonly internal?: string;
  readonly cause?: unknown;
  /** Whether the same request may work later. */
  readonly retryable?: boolean;
  /** How long the caller should wait before that, in milliseconds. */
  readonly retryAfterMs?: number;
  readonly errors?: readonly FieldError[];
};

/** The one error that our code throws on purpose: a stable code, a public text and a private one. */
export class AppError extends Error {
  override readonly name = 'AppError';
  readonly code: ErrorCode;
  readonly internal: string | undefined;
  readonly retryable: boolean;
  readonly retryAfterMs: number | undefined;
  readonly errors: readonly FieldError[];

  constructor(code: ErrorCode, options: AppErrorOptions) {
    super(options.message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.internal = options.internal;
    this.retryable = options.retryable ?? false;
    this.retryAfterMs = options.retryAfterMs;
    this.errors = options.errors ?? [];
  }
}
