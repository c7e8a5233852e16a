import { onTestFinished } from 'vitest';
import { createRedis, type RedisConnection, type RedisConnectionOptions } from '../src/index.ts';

export type LogLine = { readonly level: 'info' | 'warn'; readonly details: object; readonly message: string };

/** A connection that is closed when the test ends, and what it logged. */
export const openConnection = (
  url: string,
  options: Partial<RedisConnectionOptions> = {},
): { readonly redis: RedisConnection; readonly lines: readonly LogLine[] } => {
  const lines: LogLine[] = [];
  const logger = {
    info: (details: object, message: string) => lines.push({ level: 'info', details, message }),
    warn: (details: object, message: string) => lines.push({ level: 'warn', details, message }),
  };
  const redis = createRedis({ url, clientName: 'test', logger, commandTimeoutMs: 1_000, ...options });
  onTestFinished(() => redis.close());
  return { redis, lines };
};

/** As {@link openConnection}, and ready. */
export const openReady = async (...parameters: Parameters<typeof openConnection>) => {
  const opened = openConnection(...parameters);
  opened.redis.connect();
  if (!(await opened.redis.waitUntilReady(10_000)))
    throw new Error(`no Redis: ${JSON.stringify(opened.lines)}`);
  return opened;
};
