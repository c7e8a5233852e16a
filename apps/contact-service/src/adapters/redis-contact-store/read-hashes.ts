import type { AnsweredReply, CommandParts, RedisConnection } from '@contact-sync/redis';
import type { Hash } from './hash-changes.ts';

/** A hash that is wanted, or some of its fields. */
export type HashRead = { readonly key: string; readonly fields?: readonly string[] };

const commandOf = ({ key, fields }: HashRead): CommandParts =>
  fields === undefined ? ['hgetall', key] : ['hmget', key, ...fields];

/** Of names and values by turns. */
const paired = (texts: readonly string[]): Hash => {
  const hash: Record<string, string> = {};
  for (let index = 1; index < texts.length; index += 2) {
    hash[texts[index - 1] as string] = texts[index] as string;
  }
  return hash;
};

const named = (fields: readonly string[], values: readonly (string | null)[]): Hash => {
  const hash: Record<string, string> = {};
  for (const [index, field] of fields.entries()) {
    const value = values[index] ?? null;
    if (value !== null) hash[field] = value;
  }
  return hash;
};

const hashOf = ({ fields }: HashRead, reply: AnsweredReply): Hash =>
  fields === undefined ? paired(reply as string[]) : named(fields, reply as (string | null)[]);

/** Reads hashes in one round trip, in the order of the reads; what is absent is left out. */
export const readAll = async (redis: RedisConnection, reads: readonly HashRead[]): Promise<Hash[]> => {
  const replies = await redis.together(reads.map(commandOf));
  return reads.map((read, index) => hashOf(read, replies[index] ?? null));
};
