import { expect, test } from 'vitest';
import { createRedis } from './index.ts';

const logger = { info: () => undefined, warn: () => undefined };

test('nobody waits for a connection any longer once it is closed, though its server is away', async () => {
  const connection = createRedis({ url: 'redis://127.0.0.1:1', clientName: 'test', logger });
  connection.connect();
  // Between two attempts: there is no socket that could close.
  await new Promise((resolve) => connection.client.once('reconnecting', resolve));
  const startedAt = performance.now();
  const ready = connection.waitUntilReady(10_000);
  await connection.close();
  expect(await ready).toBe(false);
  expect(await connection.waitUntilReady(10_000)).toBe(false);
  expect(performance.now() - startedAt).toBeLessThan(5_000);
});
