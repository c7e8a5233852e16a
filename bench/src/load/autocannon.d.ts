declare module 'autocannon' {
  import type { EventEmitter } from 'node:events';

  function autocannon(
    options: {
      readonly url: string;
      readonly connections: number;
      /** Seconds. */
      readonly duration: number;
      /** Milliseconds; also how late a stop takes effect. */
      readonly sampleInt: number;
      /** A connection that has sent so many ends. */
      readonly maxConnectionRequests?: number;
      readonly setupClient: (client: autocannon.Client) => void;
    },
    done: (error: Error | null) => void,
  ): autocannon.Tracker;

  namespace autocannon {
    type Request = {
      readonly method: string;
      readonly path: string;
      readonly headers: Readonly<Record<string, string>>;
      readonly body?: string;
    };
    type Client = { setRequests(requests: readonly Request[]): void };
    type Tracker = EventEmitter<{
      start: [];
      response: [client: Client, status: number, bytes: number, responseTimeMs: number];
      reqError: [error: Error];
    }> & { stop(): void };
  }

  export = autocannon;
}
