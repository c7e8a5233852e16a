import { createKeys, defineScript, loadScript, type RedisConnection, shards } from '@contact-sync/redis';
import type { Outbox } from '../../ports.ts';
import { fromOutboxFields } from './outbox-fields.ts';

const script = (name: string, keys: number) =>
  defineScript({
    name: `outbox-${name}`,
    lua: loadScript(new URL(`./${name}.lua`, import.meta.url)),
    keys,
    reply: Number,
  });

const leaseScript = script('lease', 2);
const trimScript = script('trim', 2);
const releaseScript = script('release', 1);

const waitMs = 1_000;

/** The smallest id of a stream above this one. */
const idAfter = (id: string): string => {
  const [time, sequence] = id.split('-');
  return `${time}-${Number(sequence) + 1}`;
};

/** The outbox in Redis: a stream that the writing script appends to, read by the one relay that has the lease. */
export const createRedisOutbox = (options: {
  readonly redis: RedisConnection;
  /** Names this relay among its copies. */
  readonly owner: string;
  /** How long a silent relay keeps the lease, in milliseconds. */
  readonly leaseMs: number;
  /** Sets a test's keys apart. */
  readonly prefix?: string;
}): Outbox => {
  const { redis, owner, leaseMs, prefix = '' } = options;
  const keys = createKeys('integration', { prefix });
  const shard = shards[0] ?? 0;
  const stream = keys.inShard(shard, 'outbox');
  const lease = keys.inShard(shard, 'outbox-lease');
  const fence = keys.inShard(shard, 'outbox-fence');
  // Blocks on purpose, so it must not hold up others' commands.
  const waiting = redis.duplicate({ clientName: 'contact-service-outbox', commandTimeoutMs: waitMs * 3 });
  waiting.connect();
  return {
    lease: async () => {
      const token = await redis.run(leaseScript, { keys: [lease, fence], args: [owner, leaseMs] });
      return token === 0 ? null : token;
    },
    read: async (limit) => {
      const entries = await redis.use((client) => client.xrange(stream, '-', '+', 'COUNT', limit));
      return entries.map(([id, fields]) => ({ id, ...fromOutboxFields(fields) }));
    },
    trim: async (token, through) =>
      (await redis.run(trimScript, { keys: [stream, fence], args: [token, idAfter(through)] })) === 1,
    waitForEntry: async () => {
      await waiting.use((client) => client.xread('COUNT', 1, 'BLOCK', waitMs, 'STREAMS', stream, '0'));
    },
    release: async () => {
      await redis.run(releaseScript, { keys: [lease], args: [owner] });
    },
    size: () => redis.use((client) => client.xlen(stream)),
  };
};
