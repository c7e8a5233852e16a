import { once } from 'node:events';
import { createServer } from 'node:net';
import { expect, test } from 'vitest';
import { createRedis } from './index.ts';

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
