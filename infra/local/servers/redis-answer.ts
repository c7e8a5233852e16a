import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';

const TIMEOUT_MS = 2_000;
const DEFAULT_PORT = 6379;

/** Resolves when a Redis answers PING at `url`; that it wants a password first is an answer too. */
export async function redisAnswers(url: string): Promise<void> {
  const reply = await askRedis(url, 'PING');
  if (!/^(\+PONG|-NOAUTH)/.test(reply))
    throw new Error(`it answers PING with: ${reply.slice(0, 200).trim()}`);
}

/** The process id of the Redis at `url`. */
export async function redisPid(url: string): Promise<number> {
  await redisAnswers(url);
  const reply = await askRedis(url, 'INFO server');
  return Number(/^process_id:(\d+)/m.exec(reply)?.[1]);
}

/**
 * Sends one inline command and gives all that comes back until the server closes, which QUIT makes it do. A server that
 * says why it refuses and resets the connection has answered.
 */
export async function askRedis(url: string, command: string): Promise<string> {
  const socket = open(new URL(url));
  let reply = '';
  // An iterator would drop what had come when the reset came after it.
  socket.setEncoding('utf8').on('data', (chunk) => {
    reply += chunk;
  });
  socket.setTimeout(TIMEOUT_MS, () => socket.destroy(new Error('no answer from Redis')));
  socket.write(`${command}\r\nQUIT\r\n`);
  await once(socket, 'close').catch((error: unknown) => {
    if (!reply.startsWith('-')) throw error;
  });
  return reply;
}

function open({ protocol, hostname, port }: URL): Socket {
  const address = { host: hostname, port: port === '' ? DEFAULT_PORT : Number(port) };
  return protocol === 'rediss:' ? connectTls({ ...address, servername: hostname }) : connect(address);
}
