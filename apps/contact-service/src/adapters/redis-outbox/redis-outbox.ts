import { createKeys, defineScript, loadScript, type RedisConnection, shards } from '@contact-sync/redis';
import type { Outbox } from '../../ports.ts';
import { createHeldChanges } from './held-changes.ts';
import { createHeldKeys } from './held-keys.ts';
import { createLease, leasePart } from './lease.ts';
import { fromOutboxFields } from './outbox-fields.ts';

const trimScript = defineScript({
  name: 'outbox-trim',
  lua: loadScript(new URL('./trim.lua', import.meta.url)),
  keys: 2,
  reply: Number,
});

const maxWaitMs = 1_000;
const replyMs = 2_000;

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
  /** Monotonic, in milliseconds. */
  readonly now?: () => number;
}): Outbox => {
  const { redis, owner, leaseMs, prefix = '', now = () => performance.now() } = options;
  const keys = createKeys('integration', { prefix });
  const shard = shards[0] ?? 0;
  const stream = keys.inShard(shard, 'outbox');
  const fence = keys.inShard(shard, 'outbox-fence');
  const held = createHeldChanges({ redis, keys: createHeldKeys(prefix), stream, fence, shard });
  const lease = createLease({
    redis,
    lease: keys.inShard(shard, 'outbox-lease'),
    fence,
    owner,
    leaseMs,
    now,
  });
  const waitMs = Math.ceil(Math.min(maxWaitMs, leaseMs * leasePart));
  // Blocks on purpose, so it must not hold up others' commands.
  const waiting = redis.duplicate({
    clientName: 'contact-service-outbox',
    commandTimeoutMs: waitMs + replyMs,
  });
  waiting.connect();
  return {
    lease: lease.take,
    read: async (limit) => {
      await waiting.waitUntilReady(waitMs);
      const streams = await waiting.use((client) =>
        client.xread('COUNT', limit, 'BLOCK', waitMs, 'STREAMS', stream, '0'),
      );
      const [[, entries] = ['', []]] = streams ?? [];
      return entries.map(([id, fields]) => ({ id, ...fromOutboxFields(fields) }));
    },
    trim: async (token, through) => {
      const args = [token, idAfter(through)];
      const isOurs = (await redis.run(trimScript, { keys: [stream, fence], args })) === 1;
      if (!isOurs) lease.forget();
      return isOurs;
    },
    release: lease.release,
    held: {
      ...held,
      setAside: async (token, entry, refusal) => {
        const outcome = await held.setAside(token, entry, refusal);
        if (outcome === 'overtaken') lease.forget();
        return outcome;
      },
    },
    size: () => redis.use((client) => client.xlen(stream)),
    oldestAt: async () => {
      const [entry] = await redis.use((client) => client.xrange(stream, '-', '+', 'COUNT', 1));
      return entry === undefined ? null : Number(entry[0].split('-')[0]);
    },
  };
};
