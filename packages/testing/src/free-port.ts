import { once } from 'node:events';
import { createServer } from 'node:net';

// Below the ports that systems hand out to outgoing connections and to who listens on port 0: what is chosen here and not yet
// bound is given to nobody else, who would then be asked whether he is ready.
const FIRST = 10_000;
const SHARES = 16;
const PORTS_OF_A_SHARE = 500;

// The workers of a run choose beside each other, each among ports of its own.
const share = Number(process.env['VITEST_POOL_ID'] ?? 0) % SHARES;

const handedOut = new Set<number>();

const isFree = async (port: number): Promise<boolean> => {
  const server = createServer();
  try {
    server.listen({ port, host: '127.0.0.1', exclusive: true });
    await once(server, 'listening');
    server.close();
    await once(server, 'close');
    return true;
  } catch {
    return false;
  }
};

/**
 * A port of 127.0.0.1 that nobody listens on, from 10000 to 17999. No two calls in this process get the same one, nor do
 * calls in two workers of a test run, up to 16. Servers that can listen on port 0 should do that instead.
 */
export const freePort = async (): Promise<number> => {
  for (let tries = 0; tries < PORTS_OF_A_SHARE; tries += 1) {
    const port = FIRST + SHARES * Math.floor(Math.random() * PORTS_OF_A_SHARE) + share;
    if (handedOut.has(port)) continue;
    handedOut.add(port);
    if (await isFree(port)) return port;
  }
  throw new Error('no free port was found');
};
