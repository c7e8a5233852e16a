import { Pool } from 'undici';
import type { LoadRequest } from './request-pool.ts';

export type SendEachOptions = {
  readonly url: string;
  readonly connections: number;
  readonly expectedStatus: number;
};

/** Sends each request once, as fast as they are answered; rejects on an answer other than expected. */
export const sendEach = async (
  { url, connections, expectedStatus }: SendEachOptions,
  requests: readonly LoadRequest[],
): Promise<void> => {
  const pool = new Pool(url, { connections });
  const waiting = requests.values();
  const work = async (): Promise<void> => {
    for (const { body = null, ...request } of waiting) {
      const response = await pool.request({ ...request, body });
      const answer = await response.body.text();
      if (response.statusCode !== expectedStatus)
        throw new Error(`answer ${response.statusCode}: ${answer.slice(0, 300)}`);
    }
  };
  try {
    await Promise.all(Array.from({ length: connections }, work));
  } finally {
    await pool.destroy();
  }
};
