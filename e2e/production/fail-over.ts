import { eventually } from '@contact-sync/testing';
import { expect } from 'vitest';
import { withRedis } from '../src/redis-keys.ts';
import type { RedisPair } from './sentinel.ts';

const askReplica = ({ replica }: RedisPair, section: string): Promise<string> =>
  withRedis(replica.urlFor('operator'), (redis) => redis.use((client) => client.info(section)));

/** Resolves once the replica has the primary's data and every sentinel knows of it. */
export const inStep = (pair: RedisPair): Promise<unknown> =>
  eventually(
    async () => {
      expect(await askReplica(pair, 'replication')).toContain('master_link_status:up');
      await pair.watched();
    },
    { timeoutMs: 30_000 },
  );

/** From here on nothing more comes to the replica, as where the network between the two is slow: what is answered is ahead of it. */
export const cutReplica = async (pair: RedisPair): Promise<void> => {
  await withRedis(pair.primary.urlFor('operator'), (redis) =>
    redis.use(async (client) => {
      await client.acl('SETUSER', 'replica', 'off');
      await client.client('KILL', 'TYPE', 'replica');
    }),
  );
  await eventually(async () =>
    expect(await askReplica(pair, 'replication')).toContain('master_link_status:down'),
  );
};

/** Kills the primary for good, and gives the milliseconds until the sentinels have made the replica the primary. */
export const failOver = async (pair: RedisPair): Promise<number> => {
  const startedAt = performance.now();
  await pair.primary.process.kill('SIGKILL');
  await eventually(
    async () => {
      expect(await pair.primaryPort()).toBe(pair.replica.process.port);
      expect(await askReplica(pair, 'replication')).toContain('role:master');
    },
    { timeoutMs: 60_000 },
  );
  return Math.round(performance.now() - startedAt);
};
