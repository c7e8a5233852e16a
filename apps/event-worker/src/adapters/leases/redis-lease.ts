import { createKeys, defineScript, loadScript, type RedisConnection, shards } from '@contact-sync/redis';
import type { Lease } from '../../leases.ts';

const script = (name: string) =>
  defineScript({
    name,
    lua: loadScript(new URL(`./${name}.lua`, import.meta.url)),
    keys: 1,
    reply: (reply) => reply === 1,
  });

const take = script('take-lease');
const release = script('release-lease');

/** A lease in Redis. It only spares copies each other's work: what they write is guarded by itself. */
export const createRedisLease = (options: {
  readonly redis: RedisConnection;
  readonly name: string;
  /** Names this copy among the others. */
  readonly owner: string;
  /** How long a silent holder keeps it, in milliseconds. */
  readonly leaseMs: number;
  /** Sets a test's keys apart. */
  readonly prefix?: string;
}): Lease => {
  const { redis, owner, leaseMs } = options;
  const key = createKeys('worker', { prefix: options.prefix ?? '' }).inShard(
    shards[0] ?? 0,
    'lease',
    options.name,
  );
  return {
    take: () => redis.run(take, { keys: [key], args: [owner, leaseMs] }),
    release: async () => {
      await redis.run(release, { keys: [key], args: [owner] });
    },
  };
};
