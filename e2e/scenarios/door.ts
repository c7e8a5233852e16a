import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

/** What becomes of a delivery at the door: it goes through; `lie`: it is answered as taken, and goes nowhere. */
export type Decision = 'pass' | 'lie';

/** A door before ingest that can lie: whoever is judged by it was told that an event is taken which ingest never saw. */
export type Door = {
  readonly url: string;
  /** Where deliveries go that pass; to be set before the first one. */
  leadTo: (ingestUrl: string) => void;
  /** Asked for each delivery, and waited for; all pass until it is set. */
  decideBy: (decide: (body: string) => Promise<Decision>) => void;
  readonly [Symbol.asyncDispose]: () => Promise<void>;
};

const headersOf = ({ rawHeaders }: IncomingMessage): [string, string][] =>
  rawHeaders.flatMap((name, index): [string, string][] => {
    const isHop = /^(host|connection|content-length|transfer-encoding)$/i.test(name);
    return index % 2 === 0 && !isHop ? [[name, rawHeaders[index + 1] ?? '']] : [];
  });

/** Opens a door on a port of this machine. */
export const openDoor = async (): Promise<Door> => {
  let ingestUrl = '';
  let decide: (body: string) => Promise<Decision> = async () => 'pass';
  const server = createServer(async (incoming, outgoing) => {
    const body = await buffer(incoming);
    if ((await decide(body.toString())) === 'lie') {
      outgoing.writeHead(202, { 'content-type': 'application/json' }).end('{"eventId":"evt"}');
      return;
    }
    const answer = await fetch(`${ingestUrl}${incoming.url}`, {
      method: 'POST',
      headers: headersOf(incoming),
      body,
    });
    const text = await answer.text();
    outgoing.writeHead(answer.status, { 'content-type': answer.headers.get('content-type') ?? '' }).end(text);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    leadTo: (url) => {
      ingestUrl = url;
    },
    decideBy: (by) => {
      decide = by;
    },
    [Symbol.asyncDispose]: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};
