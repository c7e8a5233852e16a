import { expect, test } from 'vitest';
import { checkServer } from './check-server.ts';

const demands = { noEviction: true, appendOnly: true };
const fit = 'redis_version:7.0.15\r\naof_enabled:1\r\nmaxmemory_policy:noeviction\r\nrole:master\r\n';
const answering = (isReady: boolean) => ({
  isReady: () => isReady,
  use: async <Result>() => fit as Result,
});

test('a server is not fit before its connection is ready, though it answers INFO by then', async () => {
  expect(await checkServer(answering(false), demands)).toEqual([
    'Redis does not answer (redis: the connection is not ready).',
  ]);
  expect(await checkServer(answering(true), demands)).toEqual([]);
});
