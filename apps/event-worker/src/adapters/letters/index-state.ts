import type { LogPlace } from '@contact-sync/kafka';
import type { RedisConnection } from '@contact-sync/redis';
import type { IndexPosition } from '../../letters/ports.ts';
import type { KeyCommand } from './entry-changes.ts';
import type { LetterKeys } from './letter-keys.ts';

const placeOf = (field: string, offset: string): LogPlace[] => {
  const [kind, topic = '', partition] = field.split(' ');
  return kind === 'place' ? [{ topic, partition: Number(partition), offset }] : [];
};

export const moveTo = (keys: LetterKeys, { topic, partition, offset }: LogPlace): KeyCommand => [
  'HSET',
  keys.state,
  `place ${topic} ${partition}`,
  offset,
];

export const readPosition = async (redis: RedisConnection, keys: LetterKeys): Promise<IndexPosition> => {
  const state = await redis.use((client) => client.hgetall(keys.state));
  return {
    revision: Number(state['revision'] ?? 0),
    places: Object.entries(state).flatMap(([field, value]) => placeOf(field, value)),
  };
};

export const readRevision = async (redis: RedisConnection, keys: LetterKeys): Promise<number> =>
  Number((await redis.use((client) => client.hget(keys.state, 'revision'))) ?? 0);
