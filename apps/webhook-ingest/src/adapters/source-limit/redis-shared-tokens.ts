import { createKeys, defineScript, loadScript, type RedisConnection } from '@contact-sync/redis';
import { v4 as uuidv4 } from 'uuid';
import type { Grant, SharedTokens, TokenRate } from './shared-tokens.ts';

const drawTokens = defineScript<Grant>({
  name: 'draw-tokens',
  lua: loadScript(new URL('./draw-tokens.lua', import.meta.url)),
  keys: 2,
  reply: (reply) => {
    const [granted, untilNextMs] = reply as [number, number];
    return { granted: granted === 1, untilNextMs };
  },
});

export type RedisSharedTokensOptions = {
  readonly redis: RedisConnection;
  /** Name of the source, for its bucket. */
  readonly source: string;
  readonly rate: TokenRate;
  /** Sets a test's keys apart. */
  readonly prefix?: string;
};

/** Tokens in Redis, whose clock counts; each call makes the view of a further copy. */
export const createRedisSharedTokens = (options: RedisSharedTokensOptions): SharedTokens => {
  const { redis, source, rate, prefix = '' } = options;
  const names = createKeys('ratelimit:ingest', { prefix });
  const keys = [names.key(source), names.key(source, uuidv4())];
  return {
    draw: ({ want, owed }) =>
      redis.run(drawTokens, { keys, args: [rate.burst, rate.perSecond, want, owed.from, owed.to] }),
  };
};
