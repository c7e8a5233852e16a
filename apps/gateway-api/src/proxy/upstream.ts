import { AppError } from '@contact-sync/domain';
import { type CallObserver, createBulkhead, outcomeOfStatus } from '@contact-sync/service-kit';
import { type buildConnector, type Dispatcher, Pool } from 'undici';
import { type BreakerState, createCircuitBreaker } from './circuit-breaker.ts';
import { isConnectFault } from './connect-fault.ts';

export type UpstreamRequest = Pick<Dispatcher.RequestOptions, 'method' | 'path' | 'headers' | 'body'>;
export type UpstreamAnswer = Dispatcher.ResponseData;

/** A service behind the gateway. */
export type Upstream = {
  readonly name: string;
  /**
   * Sends a request once its turn comes; it holds its place until the answer's body has ended. Never sent once `signal`
   * is aborted, and broken off where it is aborted later. A safe request that found no connection tries once more.
   *
   * @throws {AppError} OVERLOADED at once where as many wait as may, DEPENDENCY_UNAVAILABLE at once while the service is
   * left alone; the signal's reason; or what undici throws.
   */
  readonly request: (request: UpstreamRequest, signal: AbortSignal) => Promise<UpstreamAnswer>;
  /** Whether it is left alone now, and how often it was. */
  readonly breaker: () => BreakerState;
  readonly close: () => Promise<void>;
};

export type UpstreamOptions = {
  readonly name: string;
  readonly url: string;
  /** Requests that may be under way, each on a connection of its own. */
  readonly atOnce: number;
  /** Requests that may wait for their turn. */
  readonly waiting: number;
  /** How it connects; over TCP or TLS by default. */
  readonly connect?: buildConnector.connector;
  /** Hears how each request ended that was sent. */
  readonly ended?: CallObserver;
  /** Of the circuit breaker, in milliseconds. */
  readonly clock?: () => number;
};

const CONNECT_TIMEOUT_MS = 2_000;
/** Longest silence within an answer, in milliseconds; streams of events keep alive more often. */
const SILENCE_MS = 60_000;
/** Requests in a row that found the service away or late before it is left alone, and for how long. */
const BREAKER = { failures: 5, openMs: 1_000 };

const safeMethods: ReadonlySet<string> = new Set(['GET', 'HEAD']);

/** What a service must have had before its time-out tells against it: a caller may send its body until little is left. */
const FAIR_MS = 1_000;

const isLate = (error: unknown): boolean => error instanceof AppError && error.code === 'TIMEOUT';

const isAwayOrLate = (error: unknown, afterMs: number): boolean =>
  isConnectFault(error) || (isLate(error) && afterMs >= FAIR_MS);

/**
 * One pool of connections to a service for all routes that lead there, a bound of what it is asked at once, and a breaker
 * that leaves it alone while it is away.
 */
export const createUpstream = (options: UpstreamOptions): Upstream => {
  const { name, url, atOnce, waiting, connect = { timeout: CONNECT_TIMEOUT_MS }, clock } = options;
  const { ended = () => undefined } = options;
  const pool = new Pool(new URL(url).origin, {
    connections: atOnce,
    connect,
    // The signal bounds the time until the answer begins: undici's clock starts when a request is sent only.
    headersTimeout: 0,
    bodyTimeout: SILENCE_MS,
  });
  const bulkhead = createBulkhead({
    atOnce,
    waiting,
    message: 'Too many requests at once for the service behind this.',
    internal: `as many requests wait for ${name} as may`,
  });
  const breaker = createCircuitBreaker({ ...BREAKER, isFailure: isAwayOrLate, ...(clock && { clock }) });

  const send: Upstream['request'] = async (request, signal) => {
    try {
      return await pool.request({ ...request, signal });
    } catch (error) {
      if (!safeMethods.has(request.method) || !isConnectFault(error)) throw error;
      return pool.request({ ...request, signal });
    }
  };

  const sendInTurn: Upstream['request'] = async (request, signal) => {
    const leave = await bulkhead.enter(signal);
    const startedAt = performance.now();
    try {
      const answer = await send(request, signal);
      ended(outcomeOfStatus(answer.statusCode), performance.now() - startedAt);
      answer.body.once('close', leave);
      return answer;
    } catch (error) {
      ended(isLate(error) ? 'timeout' : 'unreachable', performance.now() - startedAt);
      leave();
      throw error;
    }
  };

  return {
    name,
    request: (request, signal) => breaker.run(() => sendInTurn(request, signal)),
    breaker: breaker.state,
    close: () => pool.destroy(),
  };
};
