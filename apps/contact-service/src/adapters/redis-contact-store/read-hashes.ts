import type { RedisConnection } from '@contact-sync/redis';
import type { Hash } from './hash-changes.ts';

/** A hash that is wanted, or some of its fields. */
export type HashRead = { readonly key: string; readonly fields?: readonly string[] };

const named = (fields: readonly string[], values: readonly (string | null)[]): Hash =>
  Object.fromEntries(
    fields.flatMap((field, index) => {
      const value = values[index] ?? null;
      return value === null ? [] : [[field, value]];
    }),
  );

/** Reads hashes in one round trip, in the order of the reads; what is absent is left out. */
export const readAll = async (redis: RedisConnection, reads: readonly HashRead[]): Promise<Hash[]> => {
  const replies = await redis.pipeline((pipeline) => {
    for (const { key, fields } of reads) {
      if (fields === undefined) pipeline.hgetall(key);
      else pipeline.hmget(key, ...fields);
    }
  });
  return reads.map(({ fields }, index) =>
    fields === undefined ? (replies[index] as Hash) : named(fields, replies[index] as (string | null)[]),
  );
};
