import type { Braked, BrakeStore, BrakeView } from '@contact-sync/kafka';
import { createKeys, defineScript, loadScript, type RedisConnection, shards } from '@contact-sync/redis';
import type { BrakeOperator } from '../../ports.ts';

export type RedisBrakeOptions = {
  readonly redis: RedisConnection;
  readonly groupId: string;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** Sets a test's keys apart. */
  readonly prefix?: string;
};

const brakeScript = defineScript({
  name: 'brake',
  lua: loadScript(new URL('./brake.lua', import.meta.url)),
  keys: 1,
  reply: Number,
});

const releaseScript = defineScript({
  name: 'brake-release',
  lua: loadScript(new URL('./release.lua', import.meta.url)),
  keys: 2,
  reply: (reply) => reply === 1,
});

/** How long a fingerprint that was accepted does not count. */
const acceptedMs = 24 * 60 * 60_000;

const brakedOf = (fields: Readonly<Record<string, string>>): Braked | undefined => {
  const { fingerprint, topic, partition, since } = fields;
  if (fingerprint === undefined || topic === undefined) return undefined;
  return { fingerprint, topic, partition: Number(partition), since: Number(since) };
};

/** A group's brake in Redis, where every copy of the worker and every operator sees the same. */
export const createRedisBrake = (options: RedisBrakeOptions): BrakeStore & BrakeOperator => {
  const { redis, groupId, now, prefix = '' } = options;
  const keys = createKeys('worker', { prefix });
  const [shard = 0] = shards;
  const brakeKey = keys.inShard(shard, 'brake', groupId);
  const acceptedKey = keys.inShard(shard, 'brake-accepted', groupId);
  const release = (fingerprint: string, acceptedUntil: number) =>
    redis.run(releaseScript, { keys: [brakeKey, acceptedKey], args: [fingerprint, now(), acceptedUntil] });

  return {
    load: async (): Promise<BrakeView> => {
      const fields = await redis.use((client) => client.hgetall(brakeKey));
      const accepted = await redis.use((client) => client.zrangebyscore(acceptedKey, now(), '+inf'));
      const braked = brakedOf(fields);
      return { accepted, ...(braked !== undefined && { braked }) };
    },
    brake: async (braked) => {
      await redis.run(brakeScript, {
        keys: [brakeKey],
        args: Object.entries(braked).flat(),
      });
    },
    release: async (fingerprint) => {
      await release(fingerprint, 0);
    },
    paused: async () => {
      const braked = brakedOf(await redis.use((client) => client.hgetall(brakeKey)));
      return braked && { fingerprint: braked.fingerprint, why: 'failures', since: braked.since };
    },
    /** Records that fail with it do not count for 24 hours. */
    accept: (fingerprint) => release(fingerprint, now() + acceptedMs),
  };
};
