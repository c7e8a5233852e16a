import { once } from 'node:events';
import { Agent, type IncomingMessage, request } from 'node:http';
import { connect, type Socket } from 'node:net';
import { signatureOf } from './acme.ts';

/** A connection by hand, for what no HTTP client would send. Its errors are of no account. */
export const openConnection = async ({ url }: { readonly url: string }): Promise<Socket> => {
  const { hostname, port } = new URL(url);
  const socket = connect({ host: hostname, port: Number(port) });
  socket.on('error', () => undefined);
  await once(socket, 'connect');
  return socket;
};

/** The bytes of a rightly signed delivery; `headers` are added. */
export const requestBytes = (body: string, headers: Readonly<Record<string, string>> = {}): Buffer => {
  const all = {
    host: 'ingest',
    'content-length': String(Buffer.byteLength(body)),
    ...signatureOf(body),
    ...headers,
  };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  return Buffer.from(`POST /webhooks/acmecrm HTTP/1.1\r\n${lines.join('')}\r\n${body}`);
};

/** Sends bytes and gives what comes back until the other side closes or, where it does not, for `waitMs`. */
export const exchange = async (
  ingest: { readonly url: string },
  bytes: string | Buffer,
  waitMs = 1_000,
): Promise<string> => {
  const socket = await openConnection(ingest);
  let text = '';
  socket.setEncoding('utf8').on('data', (chunk: string) => {
    text += chunk;
  });
  const closed = once(socket, 'close');
  socket.setTimeout(waitMs, () => socket.destroy());
  socket.write(bytes);
  await closed;
  return text;
};

/** The statuses of all answers in what came back. */
export const statusesIn = (text: string): number[] =>
  [...text.matchAll(/HTTP\/1\.1 (\d{3})/g)].map(([, status]) => Number(status));

/**
 * Opens a delivery on a connection that its sender wants to keep, and resolves when the service says that it reads on;
 * `finish` sends the body and gives the status.
 */
export const beginDelivery = async ({ url }: { readonly url: string }, event: object) => {
  const body = JSON.stringify(event);
  const length = { 'content-length': String(Buffer.byteLength(body)) };
  const begun = request(`${url}/webhooks/acmecrm`, {
    method: 'POST',
    agent: new Agent({ keepAlive: true }),
    headers: { ...signatureOf(body), ...length, expect: '100-continue' },
  });
  begun.flushHeaders();
  await once(begun, 'continue');
  return {
    finish: async (): Promise<number | undefined> => {
      begun.end(body);
      const [response] = (await once(begun, 'response')) as [IncomingMessage];
      response.resume();
      return response.statusCode;
    },
    hangUp: () => {
      begun.on('error', () => undefined).destroy();
    },
  };
};

/** One delivery over a connection of its own, so that no time-out of a resting connection can meet it; its status. */
export const deliverAlone = async (
  ingest: { readonly url: string },
  event: object,
): Promise<number | undefined> => {
  const bytes = requestBytes(JSON.stringify(event), { connection: 'close' });
  return statusesIn(await exchange(ingest, bytes, 60_000))[0];
};
