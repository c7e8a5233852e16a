import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';

export type SeenRequest = {
  readonly method: string | undefined;
  readonly url: string | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
};

export type UpstreamServer = {
  readonly url: string;
  /** What reached it, oldest first. */
  readonly seen: SeenRequest[];
  /** Requests whose head arrived. */
  begun: number;
  /** Requests that ended before they were whole. */
  aborted: number;
  /** How it answers from now on; 200 with an empty object to begin with. */
  answer: RequestListener;
  close(): Promise<void>;
};

/** A service behind the gateway that remembers what reached it. */
export const startUpstream = async (): Promise<UpstreamServer> => {
  const upstream: Omit<UpstreamServer, 'url' | 'close'> = {
    seen: [],
    begun: 0,
    aborted: 0,
    answer: (_, response) => response.setHeader('content-type', 'application/json').end('{}'),
  };
  const server = createServer(async (request, response) => {
    upstream.begun += 1;
    let body = '';
    try {
      for await (const chunk of request) body += chunk;
    } catch {
      upstream.aborted += 1;
      return;
    }
    const { method, url, headers } = request;
    upstream.seen.push({ method, url, headers, body });
    upstream.answer(request, response);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return Object.assign(upstream, {
    url: `http://127.0.0.1:${port}`,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  });
};
