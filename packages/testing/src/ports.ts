import { createServer } from 'node:net';

// Below the range that systems hand out to outgoing connections: a client that keeps knocking at a stopped server's
// port could otherwise be given that very port, connect to itself, and keep the server from coming back.
const FIRST = 20_000;
const LAST = 31_999;
const TRIES = 200;

const SHARES = 16;

const canListen = (port: number, host: string | undefined): Promise<boolean> =>
  new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen({ port, host, exclusive: true }, () => server.close(() => resolve(true)));
  });

/** Asks for the wildcard address too: some systems let one process bind it beside another's 127.0.0.1. */
const isFree = async (port: number): Promise<boolean> =>
  (await canListen(port, '127.0.0.1')) && (await canListen(port, undefined));

export type PortChooser = {
  /**
   * A TCP port that nobody listens on: `preferred` if it is free, else one from 20000 to 31999. No two calls get the same
   * one. Another process may still take it before it is bound, so starting must be repeatable; servers that can listen on
   * port 0 should do that instead.
   */
  readonly choosePort: (preferred?: number) => Promise<number>;
  /** All of `wanted` if every one is free, else as many others that are. */
  readonly choosePorts: (wanted: readonly number[]) => Promise<number[]>;
};

/**
 * Of processes that choose ports beside each other each takes another `share`, up to 16 of them: then none is given what
 * another has chosen and not yet bound.
 */
export const createPortChooser = (share: number): PortChooser => {
  const handedOut = new Set<number>();
  const claim = async (port: number): Promise<boolean> => {
    if (handedOut.has(port)) return false;
    handedOut.add(port);
    const free = await isFree(port);
    if (!free) handedOut.delete(port);
    return free;
  };
  const choosePort = async (preferred?: number): Promise<number> => {
    if (preferred !== undefined && (await claim(preferred))) return preferred;
    for (let attempt = 0; attempt < TRIES; attempt += 1) {
      const place = Math.floor(Math.random() * ((LAST + 1 - FIRST) / SHARES));
      const port = FIRST + SHARES * place + (share % SHARES);
      if (await claim(port)) return port;
    }
    throw new Error(`no free port found between ${FIRST} and ${LAST}`);
  };
  return {
    choosePort,
    choosePorts: async (wanted) => {
      const free = await Promise.all(wanted.map(isFree));
      const wellKnown = free.every(Boolean);
      return Promise.all(wanted.map((port) => choosePort(wellKnown ? port : undefined)));
    },
  };
};

/**
 * Those of this process: the workers of a test run choose beside each other. A process that a worker starts has its share
 * too, and may be told by a server that cannot listen that it chose what the worker had.
 */
export const { choosePort, choosePorts } = createPortChooser(Number(process.env['VITEST_POOL_ID'] ?? 0));
