import { createKeys, openRedis } from '@contact-sync/redis';

/** One database of the run's Redis, as the bench looks after it. */
export type Store = {
  readonly url: string;
  /** Empties the outbox: the broker's acks, as it were. */
  readonly trimOutbox: () => Promise<void>;
  /** Empties the database. */
  readonly empty: () => Promise<void>;
  /** What the server's data takes, all databases together, in bytes. */
  readonly usedBytes: () => Promise<number>;
  /** Applies settings to the server. */
  readonly configure: (settings: Readonly<Record<string, string>>) => Promise<void>;
};

const holder = 'another copy';

const bytesIn = (info: string, field: string): number =>
  Number(new RegExp(`^${field}:(\\d+)`, 'm').exec(info)?.[1] ?? 0);

/**
 * Opens a database and holds the relay's lease there, as another copy would: a relay's CPU and Kafka's are no part of a
 * write, and what it has not got to yet would be paid for in another's turn.
 */
export const openStore = async (
  redisUrl: string,
  database: number,
  cleanUp: AsyncDisposableStack,
): Promise<Store> => {
  const url = `${redisUrl}/${database}`;
  const redis = await openRedis(url, { clientName: 'bench', commandTimeoutMs: 60_000 });
  cleanUp.defer(() => redis.close());
  const keys = createKeys('integration');
  const [lease, fence] = [keys.inShard(0, 'outbox-lease'), keys.inShard(0, 'outbox-fence')];
  await redis.use((client) => client.multi().set(lease, holder).incr(fence).exec());
  return {
    url,
    trimOutbox: async () => {
      await redis.use((client) => client.xtrim(keys.inShard(0, 'outbox'), 'MAXLEN', 0));
    },
    empty: async () => {
      await redis.use((client) => client.multi().flushdb().set(lease, holder).incr(fence).exec());
    },
    usedBytes: async () => {
      const info = await redis.use((client) => client.info('memory'));
      return ['mem_clients_normal', 'mem_aof_buffer'].reduce(
        (bytes, field) => bytes - bytesIn(info, field),
        bytesIn(info, 'used_memory'),
      );
    },
    configure: async (settings) => {
      for (const [name, value] of Object.entries(settings)) {
        await redis.use((client) => client.config('SET', name, value));
      }
    },
  };
};
