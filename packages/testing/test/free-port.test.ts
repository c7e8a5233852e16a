import { once } from 'node:events';
import { createServer } from 'node:net';
import { expect, test } from 'vitest';
import { freePort } from '../src/index.ts';

/** Those that a system may give to anybody who connects, or listens on port 0, start here. */
const FIRST_OF_ANYBODY = 32_768;

test('gives each of many callers a port of its own, which can be listened on and which no system gives to others', async () => {
  const ports = await Promise.all(Array.from({ length: 50 }, freePort));
  expect(new Set(ports).size).toBe(50);
  expect(Math.min(...ports)).toBeGreaterThanOrEqual(10_000);
  expect(Math.max(...ports)).toBeLessThan(FIRST_OF_ANYBODY);
  const server = createServer().listen(ports[0], '127.0.0.1');
  await once(server, 'listening');
  server.close();
});
