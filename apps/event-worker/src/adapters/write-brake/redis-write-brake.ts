import { createKeys, defineScript, loadScript, type RedisConnection, shards } from '@contact-sync/redis';
import type { BrakedWrites, WriteBrake, WriteBrakeOperator } from '../../write-back/ports.ts';

export type RedisWriteBrakeOptions = {
  readonly redis: RedisConnection;
  /** How many may be done within ten minutes. */
  readonly most: () => number;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** Told when one is too many, by the copy that came to it. */
  readonly onBraked?: () => void;
  /** Sets a test's keys apart. */
  readonly prefix?: string;
};

const script = (name: 'admit' | 'accept') =>
  defineScript({
    name: `write-brake-${name}`,
    lua: loadScript(new URL(`./${name}.lua`, import.meta.url)),
    keys: 2,
    reply: Number,
  });

const admitScript = script('admit');
const acceptScript = script('accept');

const windowMs = 10 * 60_000;
const brakedByThis = 2;

/** The brake of writes in Redis: every copy sees the same, and no restart forgets it. */
export const createRedisWriteBrake = (options: RedisWriteBrakeOptions): WriteBrake & WriteBrakeOperator => {
  const { redis, most, now, onBraked, prefix = '' } = options;
  const keys = createKeys('worker', { prefix });
  const [shard = 0] = shards;
  const brakeKey = keys.inShard(shard, 'write-brake');
  const both = [brakeKey, keys.inShard(shard, 'write-brake-window')];

  const read = () => redis.use((client) => client.hgetall(brakeKey));
  const brakedOf = ({ since, counted }: Readonly<Record<string, string>>): BrakedWrites | undefined =>
    since === undefined ? undefined : { since: Number(since), counted: Number(counted) };

  return {
    admit: async ({ id, causedAt }) => {
      const args = [id, causedAt, now(), windowMs, most()];
      const answer = await redis.run(admitScript, { keys: both, args });
      if (answer === brakedByThis) onBraked?.();
      return answer === 1;
    },
    holds: async (causedAt) => {
      const fields = await read();
      return brakedOf(fields) !== undefined && causedAt > Number(fields['acceptedUntil'] ?? 0);
    },
    braked: async () => brakedOf(await read()),
    accept: async () => (await redis.run(acceptScript, { keys: both, args: [now()] })) === 1,
  };
};
