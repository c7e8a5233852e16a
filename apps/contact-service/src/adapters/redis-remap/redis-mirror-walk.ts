import type { RedisConnection } from '@contact-sync/redis';
import type { MirrorWalk } from '../../ports.ts';
import { createContactKeys } from '../redis-contact-store/contact-keys.ts';

/** Keys looked at in one page, mirrors or not. */
const scanned = 1_000;

/**
 * The walk by `SCAN` over mirrors. A cursor means something only to the server process that gave it, so a position
 * names that process too.
 */
export const createRedisMirrorWalk = (options: {
  readonly redis: RedisConnection;
  /** Sets a test's keys apart. */
  readonly prefix?: string;
}): MirrorWalk => {
  const start = createContactKeys(options.prefix).mirror('');
  const scan = async (cursor: string) => {
    const [info, reply] = await options.redis.pipeline((pipeline) => {
      pipeline.info('server').scan(cursor, 'MATCH', `${start}*`, 'COUNT', scanned);
    });
    const [next, keys] = reply as [string, string[]];
    return { run: /^run_id:(\w+)/m.exec(String(info))?.[1] ?? '', next, keys };
  };
  return {
    pageAfter: async (position) => {
      const [run, cursor = '0'] = position?.split(':') ?? [];
      const asked = await scan(cursor);
      const isFirst = run !== asked.run;
      const page = isFirst && cursor !== '0' ? await scan('0') : asked;
      return {
        items: page.keys.map((key) => key.slice(start.length)),
        ...(page.next !== '0' && { next: `${page.run}:${page.next}` }),
        isFirst,
      };
    },
  };
};
