import { once } from 'node:events';
import { createServer } from 'node:net';
import { expect, test } from 'vitest';
import { createRedis } from './index.ts';

test('says nothing of a connection that is closed while it is being made', async () => {
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    const commands = (chunk: Buffer) => chunk.toString().match(/^\*/gm)?.length ?? 0;
    socket.on('data', (chunk: Buffer) => void socket.write('+OK\r\n'.repeat(commands(chunk))));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : 0;
  const lines: string[] = [];
  const logger = { info: () => undefined, warn: (_: object, text: string) => void lines.push(text) };
  const connection = createRedis({ url: `redis://127.0.0.1:${port}`, clientName: 'test', logger });
  // The server has taken it, and has not been asked yet whether it is ready.
  connection.client.once('connect', () => void connection.close());
  connection.connect();
  await new Promise((resolve) => connection.client.once('end', resolve));
  server.close();
  expect(lines).toEqual([]);
});

test('tells why a server refuses, not only that it closes', async () => {
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.once('data', () => {
      socket.write('-DENIED Redis is running in protected mode\r\n', () => socket.resetAndDestroy());
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : 0;
  const lines: object[] = [];
  const logger = { info: () => undefined, warn: (details: object) => void lines.push(details) };
  const connection = createRedis({ url: `redis://127.0.0.1:${port}`, clientName: 'test', logger });
  connection.connect();
  await expect.poll(() => lines).toMatchObject([{ refusal: 'DENIED Redis is running in protected mode' }]);
  await connection.close();
  server.close();
});
