import { createServer } from 'node:net';

// Below the range that systems hand out to outgoing connections: a client that keeps knocking at a stopped server's
// port could otherwise be given that very port, connect to itself, and keep the server from coming back.
const FIRST = 20_000;
const LAST = 31_999;
const TRIES = 200;

const SHARES = 16;

const handedOut = new Set<number>();
let share = 0;

/**
 * Of processes that choose ports beside each other, such as the workers of a test run, each takes another share, up to 16
 * of them: then none is given what another has chosen and not yet bound.
 */
export function takeShareOfPorts(which: number): void {
  share = which % SHARES;
}

/**
 * A TCP port that nobody listens on: one of `preferred` if it is free, else one from 20000 to 31999. No two calls in
 * this process get the same one. A process of the same share may still take it before it is bound, so starting must be
 * repeatable.
 */
export async function choosePort(preferred?: number): Promise<number> {
  if (preferred !== undefined && (await claim(preferred))) return preferred;
  for (let attempt = 0; attempt < TRIES; attempt += 1) {
    const port = FIRST + SHARES * Math.floor(Math.random() * ((LAST + 1 - FIRST) / SHARES)) + share;
    if (await claim(port)) return port;
  }
  throw new Error(`no free port found between ${FIRST} and ${LAST}`);
}

/** All of `ports` if every one is free, else as many others that are. */
export async function choosePorts(ports: readonly number[]): Promise<number[]> {
  const free = await Promise.all(ports.map((port) => isFree(port)));
  const wellKnown = free.every(Boolean);
  return Promise.all(ports.map((port) => choosePort(wellKnown ? port : undefined)));
}

async function claim(port: number): Promise<boolean> {
  if (handedOut.has(port)) return false;
  handedOut.add(port);
  const free = await isFree(port);
  if (!free) handedOut.delete(port);
  return free;
}

/** Asks for the wildcard address too: some systems let one process bind it beside another's 127.0.0.1. */
async function isFree(port: number): Promise<boolean> {
  return (await canListen(port, '127.0.0.1')) && (await canListen(port, undefined));
}

function canListen(port: number, host: string | undefined): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen({ port, host, exclusive: true }, () => server.close(() => resolve(true)));
  });
}
