import { once } from 'node:events';
import { createServer, type Server } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { choosePort, choosePorts, createPortChooser } from '../src/ports.ts';

const servers: Server[] = [];

async function occupy(host?: string): Promise<number> {
  const server = createServer();
  servers.push(server);
  server.listen({ port: await choosePort(), host });
  await once(server, 'listening');
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

test('takes the preferred port when nobody listens on it', async () => {
  const free = 19_871;
  expect(await choosePort(free)).toBe(free);
});

test.each(['127.0.0.1', undefined])(
  'takes another port when somebody listens on the preferred one at %s',
  async (host) => {
    const taken = await occupy(host);
    expect(await choosePort(taken)).not.toBe(taken);
  },
);

test('gives each of many callers at once a port of its own, outside of the range of outgoing connections', async () => {
  const ports = await Promise.all(Array.from({ length: 50 }, () => choosePort()));
  expect(new Set(ports).size).toBe(50);
  expect(Math.min(...ports)).toBeGreaterThanOrEqual(20_000);
  expect(Math.max(...ports)).toBeLessThan(32_000);
});

test('takes none of the wanted ports when one of them is in use', async () => {
  const taken = await occupy();
  const wanted = [19_872, taken];
  const chosen = await choosePorts(wanted);
  expect(chosen).toHaveLength(2);
  expect(chosen.filter((port) => wanted.includes(port))).toEqual([]);
});

test('a process with a share of its own is given nothing of what others may choose', async () => {
  const [third, fourth] = [createPortChooser(3), createPortChooser(4)];
  const [first, ...some] = await Promise.all(Array.from({ length: 21 }, () => third.choosePort()));
  const others = await Promise.all(Array.from({ length: 20 }, () => fourth.choosePort()));
  const shareOf = (port = 0) => port % 16;
  expect(new Set(some.map(shareOf))).toEqual(new Set([shareOf(first)]));
  expect(new Set(others.map(shareOf))).toEqual(new Set([shareOf(first) + 1]));
});
