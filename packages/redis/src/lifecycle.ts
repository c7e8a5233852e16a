import type { Redis } from 'ioredis';

/**
 * Resolves with true as soon as the client is ready, with false after `timeoutMs` or once it is closed for good. `closed`
 * says so too: a client that is told to disconnect between two attempts never tells that it has ended.
 */
export const waitUntilReady = (client: Redis, timeoutMs: number, closed: AbortSignal): Promise<boolean> => {
  if (client.status === 'ready') return Promise.resolve(true);
  if (client.status === 'end' || closed.aborted) return Promise.resolve(false);
  return new Promise((resolve) => {
    const settle = (ready: boolean) => {
      clearTimeout(timer);
      client.off('ready', onReady);
      client.off('end', onEnd);
      closed.removeEventListener('abort', onEnd);
      resolve(ready);
    };
    const onReady = () => settle(true);
    const onEnd = () => settle(false);
    const timer = setTimeout(onEnd, timeoutMs);
    client.on('ready', onReady);
    client.on('end', onEnd);
    closed.addEventListener('abort', onEnd);
  });
};

/**
 * Says goodbye behind the commands in flight, so that their replies still come, then closes. A connection that may be
 * blocked on purpose is cut at once: its goodbye would wait behind the blocking command. Never rejects.
 */
export const closeClient = async (client: Redis, commandTimeoutMs: number): Promise<void> => {
  if (client.status === 'ready' && commandTimeoutMs > 0) await client.quit().catch(() => undefined);
  client.disconnect();
};
