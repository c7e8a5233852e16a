import { Pool } from 'undici';
import type { Work } from '../harness/turn.ts';
import { pace } from './pace.ts';
import type { RequestPool } from './request-pool.ts';

export type KeepRateOptions = {
  readonly url: string;
  readonly connections: number;
  readonly perSecond: number;
  readonly seconds: number;
  readonly expectedStatus: number;
};

/** Opens the connections; what it takes is not counted. */
const leadSeconds = 1;

/** How many requests a turn takes. */
export const requestsNeeded = ({
  perSecond,
  seconds,
}: Pick<KeepRateOptions, 'perSecond' | 'seconds'>): number => Math.round(perSecond * (seconds + leadSeconds));

/**
 * Sends at a steady rate whatever the answers do, and times each from the moment it was sent to the last byte of its
 * answer. Rejects on an answer other than expected.
 */
export const keepRate = async (options: KeepRateOptions, { requests }: RequestPool): Promise<Work> => {
  const { url, connections, perSecond, seconds, expectedStatus } = options;
  const pool = new Pool(url, { connections });
  const latenciesMs: number[] = [];
  const leading = perSecond * leadSeconds;
  const send = async (index: number): Promise<void> => {
    const { method, path, headers, body = null } = requests[index] ?? {};
    const sentAt = performance.now();
    const response = await pool.request({
      method: method ?? 'GET',
      path: path ?? '/',
      headers: headers ?? {},
      body,
    });
    await response.body.dump();
    if (response.statusCode !== expectedStatus) throw new Error(`answer ${response.statusCode}`);
    if (index >= leading) latenciesMs.push(performance.now() - sentAt);
  };
  const faults: unknown[] = [];
  try {
    const sent: Promise<unknown>[] = [];
    const lateMs = await pace({ perSecond, seconds: seconds + leadSeconds }, (index) => {
      sent.push(send(index).catch((fault: unknown) => faults.push(fault)));
    });
    await Promise.all(sent);
    if (faults.length > 0) throw faults[0];
    return { operations: sent.length, seconds: seconds + leadSeconds, latenciesMs, lateMs };
  } finally {
    await pool.destroy();
  }
};
