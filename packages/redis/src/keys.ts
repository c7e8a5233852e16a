import { encodeKeyPart } from './key-part.ts';

/** Who owns what in Redis (design section 1); no service reads another's. */
export type KeyNamespace =
  | 'acme'
  | 'integration'
  | 'auth'
  | 'ingest'
  | 'worker'
  | 'simulator'
  | 'ratelimit:acme'
  | 'ratelimit:gateway'
  | 'ratelimit:ingest';

export type KeyPart = string | number;

/** Makes the keys of one namespace. Different parts always make different keys, and never one of another namespace. */
export type Keys = {
  /** What every key of the namespace starts with, for `SCAN` and client tracking; holds no glob character. */
  readonly root: string;
  /** `<root>part:part`, parts encoded. */
  key(...parts: readonly KeyPart[]): string;
  /** `<root>{shard}:part:part`: keys of one shard may be touched by one script. */
  inShard(shard: number, ...parts: readonly KeyPart[]): string;
  /** {@link inShard} for keys that differ in their last part alone, at a third of the cost. */
  family(shard: number, ...parts: readonly [KeyPart, ...KeyPart[]]): (last: KeyPart) => string;
};

/**
 * Keys of a namespace. `prefix` sets a test's or a tenant's keys apart; it may hold letters, digits and `.:_-` only,
 * else this throws a RangeError.
 */
export const createKeys = (namespace: KeyNamespace, options: { readonly prefix?: string } = {}): Keys => {
  const { prefix = '' } = options;
  if (!/^[\w.:-]*$/.test(prefix)) throw new RangeError('a key prefix holds letters, digits and .:_- only');
  const root = `${prefix}${namespace}:`;
  const join = (parts: readonly KeyPart[]): string => {
    let joined = '';
    for (const part of parts) joined += `:${encodeKeyPart(String(part))}`;
    return joined.slice(1);
  };
  const inShard = (shard: number, parts: readonly KeyPart[]): string => `${root}{${shard}}:${join(parts)}`;
  return {
    root,
    key: (...parts) => root + join(parts),
    inShard: (shard, ...parts) => inShard(shard, parts),
    family: (shard, ...parts) => {
      const head = `${inShard(shard, parts)}:`;
      return (last) => head + encodeKeyPart(String(last));
    },
  };
};

/** Every shard there is. One today: one primary applies some 16,000 events a second (design section 2, "Redis"). */
export const shards: readonly number[] = [0];

/** The shard that a contact's keys live in. Part of the stored format: it may change only together with a move of data. */
export const shardOf = (_contactId: string): number => 0;
