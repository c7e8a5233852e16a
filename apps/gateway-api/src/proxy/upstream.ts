import { createBulkhead } from '@contact-sync/service-kit';
import { type Dispatcher, Pool } from 'undici';

export type UpstreamRequest = Pick<Dispatcher.RequestOptions, 'method' | 'path' | 'headers' | 'body'>;
export type UpstreamAnswer = Dispatcher.ResponseData;

/** A service behind the gateway. */
export type Upstream = {
  readonly name: string;
  /**
   * Sends a request once its turn comes; it holds its place until the answer's body has ended. Never sent once `signal`
   * is aborted, and broken off where it is aborted later.
   *
   * @throws {AppError} OVERLOADED at once where as many wait as may; the signal's reason; or what undici throws.
   */
  readonly request: (request: UpstreamRequest, signal: AbortSignal) => Promise<UpstreamAnswer>;
  readonly close: () => Promise<void>;
};

export type UpstreamOptions = {
  readonly name: string;
  readonly url: string;
  /** Requests that may be under way, each on a connection of its own. */
  readonly atOnce: number;
  /** Requests that may wait for their turn. */
  readonly waiting: number;
};

const CONNECT_TIMEOUT_MS = 2_000;
/** Longest silence within an answer, in milliseconds; streams of events keep alive more often. */
const SILENCE_MS = 60_000;

/** One pool of connections to a service for all routes that lead there, and a bound of what it is asked at once. */
export const createUpstream = ({ name, url, atOnce, waiting }: UpstreamOptions): Upstream => {
  const pool = new Pool(new URL(url).origin, {
    connections: atOnce,
    connect: { timeout: CONNECT_TIMEOUT_MS },
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
  return {
    name,
    request: async (request, signal) => {
      const leave = await bulkhead.enter(signal);
      try {
        const answer = await pool.request({ ...request, signal });
        answer.body.once('close', leave);
        return answer;
      } catch (error) {
        leave();
        throw error;
      }
    },
    close: () => pool.destroy(),
  };
};
