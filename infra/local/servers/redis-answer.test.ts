import { once } from 'node:events';
import { createServer, type Server } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { redisAnswers } from './redis-answer.ts';

const REFUSAL = '-DENIED Redis is running in protected mode because protected mode is enabled\r\n';

let server: Server;

async function refusing(text: string): Promise<string> {
  server = createServer((socket) => {
    socket.on('error', () => undefined);
    // As Redis refuses: it says why, and what is then sent to it resets the connection.
    socket.once('data', () => socket.write(text, () => socket.resetAndDestroy()));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  return `redis://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`;
}

afterEach(() => server.close());

test('says what a Redis that refuses said before it reset the connection', async () => {
  await expect(redisAnswers(await refusing(REFUSAL))).rejects.toThrow(
    'DENIED Redis is running in protected mode',
  );
});

test('says that the connection was reset where nothing was said', async () => {
  await expect(redisAnswers(await refusing(''))).rejects.toThrow('ECONNRESET');
});
