import { createKeys, shardOf, shards } from '@contact-sync/redis';
import type { ListOrder } from '../../ports.ts';

/** The keys of contacts and mirrors. All keys of one contact are in one shard, so that one script may touch them. */
export type ContactKeys = {
  readonly mirror: (id: string) => string;
  readonly contact: (id: string) => string;
  readonly history: (id: string) => string;
  readonly answer: (id: string, scope: string) => string;
  readonly outbox: (id: string) => string;
  readonly deleted: (shard: number) => string;
  readonly order: (shard: number, by: ListOrder['by']) => string;
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
    deleted: (shard) => integration.inShard(shard, 'deleted'),
    order: (shard, by) => integration.inShard(shard, 'order', by),
  };
};

/** Lists walk one sorted set; there is one shard today, and a second one needs a merge here. */
export const listShard = shards[0] ?? 0;
