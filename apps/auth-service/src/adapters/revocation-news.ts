import { setTimeout as pause } from 'node:timers/promises';
import type { Keys, RedisConnection } from '@contact-sync/redis';
import type { RevocationNews } from '../ports.ts';
import { authKeys } from './auth-keys.ts';

const BLOCK_MS = 1_000;
const REST_MS = 250;

/**
 * Watches the log on a connection of its own, which blocks, and wakes whoever waits when an entry is added. A hint
 * alone: where the connection is in trouble nobody is woken, and waits end by their own time.
 */
export const watchRevocations = (
  redis: RedisConnection,
  namespace: Keys,
): RevocationNews & { readonly close: () => Promise<void> } => {
  const { revocations } = authKeys(namespace);
  const blocking = redis.duplicate({
    clientName: 'auth-service-revocations',
    commandTimeoutMs: 3 * BLOCK_MS,
  });
  const closed = new AbortController();
  let news = Promise.withResolvers<void>();

  const newestEntry = async (): Promise<string> => {
    const [newest] = await blocking.use((client) => client.xrevrange(revocations, '+', '-', 'COUNT', 1));
    return newest?.[0] ?? '0-0';
  };
  const watch = async (): Promise<void> => {
    let last: string | undefined;
    while (!closed.signal.aborted) {
      try {
        last ??= await newestEntry();
        const from = last;
        const read = await blocking.use((client) =>
          client.xread('BLOCK', BLOCK_MS, 'STREAMS', revocations, from),
        );
        const newest = read?.[0]?.[1].at(-1)?.[0];
        if (newest === undefined) continue;
        last = newest;
        const heard = news;
        news = Promise.withResolvers<void>();
        heard.resolve();
      } catch {
        last = undefined;
        await pause(REST_MS, undefined, { signal: closed.signal }).catch(() => undefined);
      }
    }
  };
  blocking.connect();
  const watching = watch();
  return {
    next: () => news.promise,
    close: async () => {
      closed.abort();
      const closing = blocking.close();
      // It may block for a second more, for nobody.
      blocking.client.disconnect();
      await Promise.all([closing, watching]);
    },
  };
};
