import { connect, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';

const TIMEOUT_MS = 2_000;
const DEFAULT_PORT = 6379;

/** Resolves when a Redis answers PING at `url`; that it wants a password first is an answer too. */
export async function redisAnswers(url: string): Promise<void> {
  const reply = await askRedis(url, 'PING');
  if (!/^(\+PONG|-NOAUTH)/.test(reply))
    throw new Error(`unexpected answer to PING: ${reply.slice(0, 80).trim()}`);
}

/** The process id of the Redis at `url`. */
export async function redisPid(url: string): Promise<number> {
  await redisAnswers(url);
  const reply = await askRedis(url, 'INFO server');
  return Number(/^process_id:(\d+)/m.exec(reply)?.[1]);
}

/** Sends one inline command and gives all that comes back until the server closes, which QUIT makes it do. */
export async function askRedis(url: string, command: string): Promise<string> {
  const socket = open(new URL(url));
  socket.setTimeout(TIMEOUT_MS, () => socket.destroy(new Error('no answer from Redis')));
  socket.write(`${command}\r\nQUIT\r\n`);
  let reply = '';
  for await (const chunk of socket.setEncoding('utf8')) reply += chunk;
  return reply;
}

function open({ protocol, hostname, port }: URL): Socket {
  const address = { host: hostname, port: port === '' ? DEFAULT_PORT : Number(port) };
  return protocol === 'rediss:' ? connectTls({ ...address, servername: hostname }) : connect(address);
}
