import { expect, test } from 'vitest';
import { createRedisSet } from './index.ts';

test('gives one connection to a server, however many groups lie on it, and closes all', async () => {
  const logger = { info: () => undefined, warn: () => undefined };
  const set = createRedisSet({ clientName: 'test', logger });
  const [main, ingest, limits] = [1, 1, 2].map((port) => set.at(`redis://127.0.0.1:${port}`));
  expect(main).toBe(ingest);
  expect(limits).not.toBe(main);
  await set.close();
  await expect(main?.ping()).rejects.toMatchObject({ code: 'DEPENDENCY_UNAVAILABLE' });
});
