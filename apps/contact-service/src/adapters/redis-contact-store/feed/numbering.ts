import { randomBytes } from 'node:crypto';
import { PreparedParts, type RedisConnection } from '@contact-sync/redis';

/** Who numbers changes, as scripts of the feed take it: the server process, and what a new generation's name ends with. */
export type Numbering = {
  /** To be sent over the connection at once, which may lead elsewhere after the next wait. */
  readonly with: <Result>(send: (numbering: PreparedParts) => Promise<Result>) => Promise<Result>;
};

const seedBytes = 6;

/** Costs a trip of its own once a connection. */
export const createNumbering = (redis: RedisConnection): Numbering => {
  const seed = randomBytes(seedBytes).toString('hex');
  let known = { server: '', parts: new PreparedParts(['', seed]) };
  const partsOf = (server: string): PreparedParts => {
    if (known.server !== server) known = { server, parts: new PreparedParts([server, seed]) };
    return known.parts;
  };
  return {
    with: (send) => {
      const server = redis.serverProcess();
      return typeof server === 'string'
        ? send(partsOf(server))
        : server.then((found) => send(partsOf(found)));
    },
  };
};
