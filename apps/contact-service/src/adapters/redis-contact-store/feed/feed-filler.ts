import type { RedisConnection } from '@contact-sync/redis';
import { compactId } from '../../../domain/lists/compact.ts';
import { idOfReference } from '../../../domain/lists/list-position.ts';
import { type ContactKeys, listShard } from '../contact-keys.ts';
import { everyContact } from '../lists/every-contact.ts';
import { defineFeedScript } from './feed-script.ts';
import { createNumbering } from './numbering.ts';

const fillFeed = defineFeedScript({
  name: 'fill-feed',
  url: new URL('./fill-feed.lua', import.meta.url),
  keys: 2,
  reply: Number,
});

const filled = 'filled';

/**
 * Gives contacts that were written before changes were numbered a place in the feed, once. Whoever follows the feed
 * meanwhile meets them behind the place that it has come to.
 */
export const createFeedFiller = (redis: RedisConnection, keys: ContactKeys) => {
  const [feed, changes] = [keys.feed(listShard), keys.changes(listShard)];
  const numbering = createNumbering(redis);
  return {
    /** How many contacts were given a place; 0 where that was done before. */
    async build(): Promise<number> {
      if ((await redis.use((client) => client.hexists(feed, filled))) === 1) return 0;
      let count = 0;
      for await (const references of everyContact(redis, keys)) {
        const members = references.map((reference) => compactId(idOfReference(reference)));
        count += await numbering.with((parts) =>
          redis.run(fillFeed, { keys: [feed, changes], args: [parts, members] }),
        );
      }
      await redis.use((client) => client.hset(feed, filled, '1'));
      return count;
    },
  };
};
