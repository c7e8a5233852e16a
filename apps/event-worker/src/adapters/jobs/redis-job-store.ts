import { createKeys, type RedisConnection, shards } from '@contact-sync/redis';
import { hasEnded, type Job, type JobStore } from '../../jobs/job.ts';

const kept = 100;

/** Jobs of one kind in a hash of Redis, the last 100. */
export const createRedisJobStore = <Request, Progress>(options: {
  readonly redis: RedisConnection;
  /** Which kind. */
  readonly name: string;
  /** Sets a test's keys apart. */
  readonly prefix?: string;
}): JobStore<Request, Progress> => {
  type Own = Job<Request, Progress>;
  const { redis, name, prefix = '' } = options;
  const keys = createKeys('worker', { prefix });
  const jobs = keys.inShard(shards[0] ?? 0, 'jobs', name);
  const cancelled = keys.inShard(shards[0] ?? 0, 'jobs', name, 'cancelled');

  const find = async (id: string): Promise<Own | undefined> => {
    const text = await redis.use((client) => client.hget(jobs, id));
    return text === null ? undefined : (JSON.parse(text) as Own);
  };

  const all = async (): Promise<Own[]> => {
    const texts = await redis.use((client) => client.hvals(jobs));
    return texts
      .map((text) => JSON.parse(text) as Own)
      .toSorted((one, other) => other.startedAt - one.startedAt);
  };

  const forgetOld = async (): Promise<void> => {
    const old = (await all()).slice(kept).filter(hasEnded);
    if (old.length === 0) return;
    const ids = old.map(({ id }) => id);
    await redis.pipeline((pipeline) => {
      pipeline.hdel(jobs, ...ids).srem(cancelled, ...ids);
    });
  };

  return {
    create: async (job) => {
      const isNew = await redis.use((client) => client.hsetnx(jobs, job.id, JSON.stringify(job)));
      if (isNew === 0) return (await find(job.id)) ?? job;
      await forgetOld();
      return job;
    },
    find,
    all,
    save: async (job) => {
      await redis.use((client) => client.hset(jobs, job.id, JSON.stringify(job)));
    },
    cancel: async (id) => {
      await redis.use((client) => client.sadd(cancelled, id));
    },
    isCancelled: async (id) => (await redis.use((client) => client.sismember(cancelled, id))) === 1,
  };
};
