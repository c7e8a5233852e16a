import { createKeys, shardOf, shards } from '@contact-sync/redis';
import type { StandingOrder } from '../../domain/lists/list-position.ts';

/** The keys of contacts and mirrors. All keys of one contact are in one shard, so that one script may touch them. */
export type ContactKeys = {
  readonly mirror: (id: string) => string;
  readonly contact: (id: string) => string;
  readonly history: (id: string) => string;
  readonly answer: (id: string, scope: string) => string;
  readonly outbox: (id: string) => string;
  readonly order: (shard: number, order: StandingOrder) => string;
  readonly filters: (shard: number) => string;
};

/** `prefix` sets a test's keys apart. */
export const createContactKeys = (prefix = ''): ContactKeys => {
  const acme = createKeys('acme', { prefix });
  const integration = createKeys('integration', { prefix });
  return {
    mirror: (id) => acme.inShard(shardOf(id), 'mirror', id),
    contact: (id) => integration.inShard(shardOf(id), 'contact', id),
    history: (id) => integration.inShard(shardOf(id), 'history', id),
    answer: (id, scope) => integration.inShard(shardOf(id), 'answer', scope),
    outbox: (id) => integration.inShard(shardOf(id), 'outbox'),
    order: (shard, order) => integration.inShard(shard, 'order', order),
    filters: (shard) => integration.inShard(shard, 'filters'),
  };
};

/** Lists walk the sorted sets of one shard; there is one shard today, and a second one needs a merge here. */
export const listShard = shards[0] ?? 0;
