import type { RedisConnection } from '@contact-sync/redis';
import { referenceAt } from '../../../domain/lists/list-position.ts';
import { type ContactKeys, listShard } from '../contact-keys.ts';
import { prefixRange, readRange } from './index-range.ts';

const pageSize = 200;

/** The references of all contacts that are there whole, page by page; one that changes meanwhile may come twice. */
export const everyContact = async function* (redis: RedisConnection, keys: ContactKeys) {
  const everyone = prefixRange(keys.order(listShard, 'updatedAt'), '');
  let after: string | undefined;
  for (;;) {
    const page = await readRange(redis, everyone, {
      descending: false,
      limit: pageSize,
      ...(after !== undefined && { after }),
    });
    yield page.map((position) => referenceAt('updatedAt', position));
    after = page.at(-1);
    if (after === undefined || page.length < pageSize) return;
  }
};
