import { createKeys, shardOf, shards } from '@contact-sync/redis';

/** Where changes stand that wait behind one that was refused for good. */
export type HeldKeys = {
  /** Hash: what each held contact was refused for. */
  readonly refusals: (shard: number) => string;
  /** List: a contact's held changes, oldest first. */
  readonly queue: (id: string) => string;
};

/** `prefix` sets a test's keys apart. */
export const createHeldKeys = (prefix = ''): HeldKeys => {
  const keys = createKeys('integration', { prefix });
  const families = shards.map((shard) => keys.family(shard, 'outbox-held'));
  return {
    refusals: (shard) => keys.inShard(shard, 'outbox-refused'),
    queue: (id) => families[shardOf(id)]?.(id) ?? '',
  };
};
