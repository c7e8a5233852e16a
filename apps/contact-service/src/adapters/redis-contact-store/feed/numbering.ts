import { randomBytes } from 'node:crypto';
import type { RedisConnection } from '@contact-sync/redis';

/** Who numbers changes, as scripts of the feed take it: the server process, and what a new generation's name ends with. */
export type Numbering = {
  /** To be sent over the connection at once, which may lead elsewhere after the next wait. */
  readonly with: <Result>(send: (numbering: readonly string[]) => Promise<Result>) => Promise<Result>;
};

const seedBytes = 6;

/** Costs a trip of its own once a connection. */
export const createNumbering = (redis: RedisConnection): Numbering => {
  const seed = randomBytes(seedBytes).toString('hex');
  return {
    with: (send) => {
      const server = redis.serverProcess();
      return typeof server === 'string' ? send([server, seed]) : server.then((found) => send([found, seed]));
    },
  };
};
