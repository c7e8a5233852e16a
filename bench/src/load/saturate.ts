/// <reference path="./autocannon.d.ts" />
import autocannon from 'autocannon';
import type { Work } from '../harness/turn.ts';
import { createAnswerCount } from './answer-count.ts';
import { type RequestPool, sharesOf } from './request-pool.ts';

export type SaturateOptions = {
  readonly url: string;
  readonly connections: number;
  readonly seconds: number;
  readonly expectedStatus: number;
};

export type Saturation = Work & { readonly requests: number };

const stopsWithinMs = 50;
// Ends the load should nothing else do so.
const overtimeSeconds = 15;

/**
 * Sends as fast as the other side answers, one request at a time on each connection (a closed loop). A request that must
 * not repeat is sent once; when a connection runs out of them the turn ends early. Rejects when a request fails, and
 * when an answer is another than expected: a rate of refusals is no rate.
 */
export const saturate = (options: SaturateOptions, pool: RequestPool): Promise<Saturation> => {
  const { url, connections, seconds } = options;
  const shares = sharesOf(pool, connections);
  const perConnection = pool.reusable
    ? Number.POSITIVE_INFINITY
    : Math.min(...shares.map((share) => share.length));
  const count = createAnswerCount({ ...options, perConnection, now: () => performance.now() });
  const errors: Error[] = [];
  return new Promise((resolve, reject) => {
    const finish = (error: Error | null) => {
      try {
        if (error ?? errors[0]) throw error ?? errors[0];
        const { answers, seconds, answersInAll } = count.result();
        const operations = answers * pool.operationsPerRequest;
        const accepted = answersInAll * pool.operationsPerRequest;
        resolve({ requests: answers, operations, seconds, accepted });
      } catch (fault) {
        reject(fault);
      }
    };
    const tracker = autocannon(
      {
        url,
        connections,
        duration: seconds + overtimeSeconds,
        sampleInt: stopsWithinMs,
        setupClient: (client) => client.setRequests(shares.pop() ?? []),
        ...(!pool.reusable && { maxConnectionRequests: perConnection }),
      },
      finish,
    );
    tracker.on('start', count.start);
    tracker.on('response', (connection, status) => {
      if (count.add(connection, status)) tracker.stop();
    });
    tracker.on('reqError', (error) => errors.push(error));
  });
};
