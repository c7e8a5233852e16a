import type { RedisConnection } from '@contact-sync/redis';

const channel = '__redis__:invalidate';

/** Whether `CLIENT TRACKINGINFO` says that changes are told to somebody who is there. */
const isTelling = (info: unknown): boolean => {
  const flags: unknown = Array.isArray(info) ? info[1] : null;
  return Array.isArray(flags) && flags.includes('on') && !flags.includes('broken_redirect');
};

export type TrackingPair = {
  readonly isReady: () => boolean;
  /** From its answer on, changes of keys with this prefix are told, as long as both connections live. */
  readonly switchOn: (keyPrefix: string) => Promise<void>;
  /** Rejects where changes may not be told, an answer in time included. */
  readonly ask: () => Promise<void>;
  /** Gives both up for new ones, which may reach the server. */
  readonly renew: () => void;
  readonly on: (event: 'close' | 'ready', act: () => void) => void;
};

/**
 * The two connections of Redis client tracking: one listens, the other switches tracking on for it. `onTold` has the keys
 * that changed, or null for a flushed database.
 */
export const createTrackingPair = (
  redis: RedisConnection,
  answerWithinMs: number,
  onTold: (keys: readonly string[] | null) => void,
): TrackingPair => {
  const own = (clientName: string) => redis.duplicate({ clientName, commandTimeoutMs: answerWithinMs });
  // RESP2, whose subscriptions get the invalidations; pings there are answered beside them.
  const listener = own('near-cache-listener');
  const switcher = own('near-cache-switch');
  const clients = [listener.client, switcher.client];
  // The raw event: an array of keys, or null.
  listener.client.on('messageBuffer', (_channel: Buffer, keys: unknown) =>
    onTold(Array.isArray(keys) ? keys.map(String) : null),
  );
  listener.connect();
  switcher.connect();
  return {
    isReady: () => listener.isReady() && switcher.isReady(),
    switchOn: async (keyPrefix) => {
      await listener.client.unsubscribe(channel);
      const id = await listener.client.client('ID');
      await listener.client.subscribe(channel);
      await switcher.client.client('TRACKING', 'OFF');
      await switcher.client.client('TRACKING', 'ON', 'REDIRECT', id, 'BCAST', 'PREFIX', keyPrefix);
    },
    ask: async () => {
      const [info] = await Promise.all([switcher.client.client('TRACKINGINFO'), listener.client.ping()]);
      if (!isTelling(info)) throw new Error('Redis tells nobody of changes any more.');
    },
    renew: () => {
      for (const client of clients) if (client.status === 'ready') client.disconnect(true);
    },
    on: (event, act) => {
      for (const client of clients) client.on(event, act);
    },
  };
};
