export type { BucketSize, BucketState, Buckets } from './buckets/buckets.ts';
export { withFallback } from './buckets/buckets-with-fallback.ts';
export { createLocalBuckets } from './buckets/local-buckets.ts';
export { createRedisBuckets } from './buckets/redis-buckets.ts';
export { checkServer, type ServerDemands } from './check-server.ts';
export type { AnsweredReply, CommandParts } from './command-batch.ts';
export {
  createRedis,
  type DuplicateOptions,
  type RedisConnection,
  type RedisConnectionOptions,
} from './connection.ts';
export { createRedisSet, type RedisSet } from './connection-set.ts';
export { toRedisFault } from './fault.ts';
export { decodeKeyPart, encodeKeyPart } from './key-part.ts';
export { createKeys, type KeyNamespace, type KeyPart, type Keys, shardOf, shards } from './keys.ts';
export type { RedisLogger } from './logger.ts';
export { createMicroBatch, type MicroBatch, type MicroBatchLimits } from './micro-batch.ts';
export { type OpenRedisOptions, openRedis } from './open-redis.ts';
export {
  defineScript,
  loadScript,
  type Script,
  type ScriptCall,
  type ScriptDefinition,
  type ScriptOutcome,
} from './script.ts';
