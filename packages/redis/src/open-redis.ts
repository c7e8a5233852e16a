import { createRedis, type RedisConnection, type RedisConnectionOptions } from './connection.ts';
import { serverOf } from './server-of.ts';

const silent = { info: () => undefined, warn: () => undefined };

export type OpenRedisOptions = Partial<Omit<RedisConnectionOptions, 'url'>> & {
  /** How long the server may take to answer, in milliseconds; 30,000 by default. */
  readonly patienceMs?: number;
};

const PATIENCE_MS = 30_000;

/** A connection that logs nothing unless told to, not begun yet. */
export const quietRedis = (url: string, options: Omit<OpenRedisOptions, 'patienceMs'>): RedisConnection =>
  createRedis({ url, clientName: 'contact-sync', logger: silent, ...options });

/** Connects. Rejects, and closes the connection, where no server answers in time. */
export const untilReady = async (
  redis: RedisConnection,
  url: string,
  patienceMs = PATIENCE_MS,
): Promise<void> => {
  redis.connect();
  if (await redis.waitUntilReady(patienceMs)) return;
  await redis.close();
  throw new Error(`no Redis answers at ${serverOf(url).label}`);
};

/**
 * A connection that is ready, for what can do nothing without one: commands and tests. To be closed by its owner. Rejects
 * where no server answers in time, with its address and no password.
 */
export const openRedis = async (
  url: string,
  { patienceMs, ...options }: OpenRedisOptions = {},
): Promise<RedisConnection> => {
  const redis = quietRedis(url, options);
  await untilReady(redis, url, patienceMs);
  return redis;
};
