import type { ServerOptions } from 'node:http';

/** How long a connection may take for what, in milliseconds. */
export type ConnectionTimes = {
  /** From the first byte of a request, or the opening of a silent connection, to the end of its head. */
  readonly headersMs: number;
  /** From there to the last byte of its body: slow senders have no more in all. */
  readonly requestMs: number;
  /** How long a connection may rest after an answer. */
  readonly keepAliveMs: number;
};

export const defaultTimes: ConnectionTimes = { headersMs: 10_000, requestMs: 15_000, keepAliveMs: 72_000 };

/** The most by which a connection outlives its time. Node's own is 30 s. */
const CHECKING_INTERVAL_MS = 1_000;

/** Node's settings for these times. A missing `Host` is left to assert-one-host, which answers as all errors are answered. */
export const httpOptions = ({ headersMs, requestMs, keepAliveMs }: ConnectionTimes): ServerOptions => ({
  // Where the head had more time than the whole request, Node would swap the two.
  headersTimeout: Math.min(headersMs, requestMs),
  requestTimeout: requestMs,
  keepAliveTimeout: keepAliveMs,
  requireHostHeader: false,
  connectionsCheckingInterval: CHECKING_INTERVAL_MS,
});
