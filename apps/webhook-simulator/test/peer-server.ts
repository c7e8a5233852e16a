import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

export type PeerRequest = {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
};

export type PeerAnswer = {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Record<string, string>;
};

/** A real HTTP peer on this machine that answers as `answer` says and keeps what it was asked. */
export const startPeer = async (answer: (request: PeerRequest) => PeerAnswer | 'hang up' | 'no answer') => {
  const requests: PeerRequest[] = [];
  let connections = 0;
  const server = createServer(async (incoming, outgoing) => {
    const body = await text(incoming);
    const request = {
      method: incoming.method ?? '',
      url: incoming.url ?? '',
      headers: incoming.headers,
      body,
    };
    requests.push(request);
    const given = answer(request);
    if (given === 'no answer') return;
    if (given === 'hang up') incoming.socket.destroy();
    else outgoing.writeHead(given.status, given.headers).end(JSON.stringify(given.body ?? {}));
  });
  server.on('connection', () => {
    connections += 1;
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    requests,
    connections: () => connections,
    close: () => new Promise<void>((resolve) => server.close(() => resolve())),
  };
};
