import { AppError } from '@contact-sync/domain';
import { type Logger, pino } from 'pino';
import { currentTrace } from './tracing/traceparent.ts';

export type { Logger } from 'pino';

// Paths, since pino's wildcard reaches one level only.
const secretPaths = [
  'password',
  'secret',
  'token',
  'accessToken',
  'refreshToken',
  'authorization',
  'cookie',
  'email',
  'phone',
  'notes',
  'headers.authorization',
  'headers.cookie',
  'headers["x-acme-signature"]',
  'body',
  'data',
];

const serializeError = (error: unknown): Record<string, unknown> => {
  if (!(error instanceof Error)) return { message: typeof error };
  return {
    type: error.name,
    code: (error as { code?: unknown }).code,
    message: error.message,
    ...(error instanceof AppError && error.internal ? { internal: error.internal } : {}),
    stack: error.stack,
    ...(error.cause instanceof Error ? { cause: serializeError(error.cause) } : {}),
  };
};

/** The time as pino's `isoTime` has it. Under load many lines share a millisecond, and its text. */
const isoTime = (): string => {
  const now = Date.now();
  if (now !== latest.at) latest = { at: now, text: `,"time":"${new Date(now).toISOString()}"` };
  return latest.text;
};
let latest = { at: Number.NaN, text: '' };

/**
 * JSON log lines on standard output with ISO time and service name; never a secret, e-mail, phone or note (rule 10).
 * While traces are recorded each line has the ids of the trace and the span that it belongs to.
 * Written beside the event loop, so that a slow reader of the log holds up no request; the rest is written at exit.
 */
export const createLogger = (options: { service: string; level: string; isTraced?: boolean }): Logger =>
  pino(
    {
      level: options.level,
      base: { service: options.service },
      timestamp: isoTime,
      formatters: { level: (label) => ({ level: label }) },
      redact: { paths: secretPaths, censor: '[redacted]' },
      ...(options.isTraced && { mixin: () => currentTrace() ?? {} }),
      serializers: { err: serializeError, error: serializeError },
    },
    pino.destination({ dest: 1, sync: false }),
  );
