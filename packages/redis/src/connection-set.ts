import { createRedis, type RedisConnection, type RedisConnectionOptions } from './connection.ts';

export type RedisSet = {
  /** The process's connection to this server, connecting since the first call; the same one for the same URL. */
  at(url: string): RedisConnection;
  /** Closes all of them. */
  close(): Promise<void>;
};

/**
 * The connections of one process: namespace groups may lie on servers of their own or all on one (design section 2,
 * "Redis"), and each server gets one connection either way.
 */
export const createRedisSet = (options: Omit<RedisConnectionOptions, 'url'>): RedisSet => {
  const connections = new Map<string, RedisConnection>();
  return {
    at(url) {
      const connection = connections.get(url) ?? createRedis({ ...options, url });
      connections.set(url, connection);
      connection.connect();
      return connection;
    },
    async close() {
      await Promise.all([...connections.values()].map((connection) => connection.close()));
    },
  };
};
