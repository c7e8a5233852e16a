import type { RouteContract } from '@contact-sync/api-contracts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** What a request to the route may take; there on every route that is passed on. */
    bounds?: RouteBounds;
  }
}

/** What a request to a route may take. */
export type RouteBounds = {
  /** From its arrival until its answer begins, in milliseconds. */
  readonly timeoutMs: number;
  /** Largest body, in bytes. */
  readonly bodyBytes: number;
};

/** What the operator allows. */
export type BoundSettings = {
  /** For routes whose contract says nothing, those of the heavy class apart. */
  readonly timeoutMs: number;
  readonly heavyTimeoutMs: number;
  /** Upper bound of what any contract allows. */
  readonly bodyLimitBytes: number;
};

/** A body where a contract has none is not read by anybody; a client may send `{}` all the same. */
const STRAY_BODY_BYTES = 1_024;

/** The bounds of a route: the contract's own, else those of the settings. */
export const boundsOf = (
  { timeoutMs, limit, body }: Pick<RouteContract, 'timeoutMs' | 'limit' | 'body'>,
  settings: BoundSettings,
): RouteBounds => ({
  timeoutMs: timeoutMs ?? (limit === 'heavy' ? settings.heavyTimeoutMs : settings.timeoutMs),
  bodyBytes: Math.min(body?.limitBytes ?? STRAY_BODY_BYTES, settings.bodyLimitBytes),
});
