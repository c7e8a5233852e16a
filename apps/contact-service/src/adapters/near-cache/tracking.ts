import type { RedisConnection } from '@contact-sync/redis';

export type TrackingOptions = {
  readonly redis: RedisConnection;
  /** Of the keys whose changes are wanted. */
  readonly keyPrefix: string;
  /** These keys have changed. */
  readonly onChanged: (keys: readonly string[]) => void;
  /** Changes may have been missed: nothing that was read before counts. */
  readonly onDoubt: () => void;
};

export type Tracking = {
  /** Whether every change is told within the bound of a second. */
  readonly isArmed: () => boolean;
  readonly close: () => void;
};

const channel = '__redis__:invalidate';
const pingEveryMs = 250;
const pongWithinMs = 500;

/**
 * Hears of changed keys by Redis client tracking (design section 5). One connection listens, another turns tracking on
 * for it; a frozen or dropped one gives no other sign, so the listener is pinged every 250 ms, and no pong in 500 ms or
 * a reconnect of either, or of the connection that reads, is doubt, until tracking is armed anew.
 */
export const createTracking = ({ redis, keyPrefix, onChanged, onDoubt }: TrackingOptions): Tracking => {
  // RESP2, whose subscriptions get the invalidations; pings there are answered beside them.
  const listener = redis.duplicate({ clientName: 'near-cache-listener' });
  const switcher = redis.duplicate({ clientName: 'near-cache-switch' });
  let armed = false;
  let isArming = false;
  let lastPongAt = Number.NEGATIVE_INFINITY;

  const doubt = (): void => {
    armed = false;
    onDoubt();
  };

  const arm = async (): Promise<void> => {
    if (!listener.isReady() || !switcher.isReady()) return;
    const { client } = listener;
    await client.unsubscribe(channel);
    const id = await client.client('ID');
    await client.subscribe(channel);
    await switcher.use((other) => other.client('TRACKING', 'OFF'));
    await switcher.use((other) =>
      other.client('TRACKING', 'ON', 'REDIRECT', id, 'BCAST', 'PREFIX', keyPrefix),
    );
    // What was read before tracking was on may have changed unheard.
    onDoubt();
    lastPongAt = performance.now();
    armed = true;
  };

  const check = (): void => {
    if (armed && performance.now() - lastPongAt > pongWithinMs) {
      doubt();
      // A frozen connection would stay so: a new one may reach the server.
      listener.client.disconnect(true);
    }
    if (armed) {
      listener.client.ping().then(
        () => {
          lastPongAt = performance.now();
        },
        () => undefined,
      );
    } else if (!isArming) {
      isArming = true;
      arm()
        .catch(() => undefined)
        .finally(() => {
          isArming = false;
        });
    }
  };

  for (const { client } of [listener, switcher]) client.on('close', doubt);
  // Reads may come from another server from now on, whose changes these two would not hear.
  redis.client.on('close', () => {
    doubt();
    for (const { client } of [listener, switcher]) client.disconnect(true);
  });
  // The raw event: an invalidation is an array of keys, or null for a flushed database.
  listener.client.on('messageBuffer', (_channel: Buffer, keys: unknown) => {
    if (Array.isArray(keys)) onChanged(keys.map(String));
    else onDoubt();
  });
  listener.connect();
  switcher.connect();
  const timer = setInterval(check, pingEveryMs);
  return {
    isArmed: () => armed && performance.now() - lastPongAt <= pongWithinMs,
    close: () => clearInterval(timer),
  };
};
