import {
  type BatchConsumer,
  integrationContactDeleted,
  type Producer,
  sourceEventContracts,
  webhookQuarantine,
} from '@contact-sync/kafka';
import { checkServer, type RedisConnection } from '@contact-sync/redis';
import type { Connected } from '@contact-sync/service-kit';
import { assertNotBraked } from '../live-consumer.ts';
import type { ConnectedKafka } from './connect-kafka.ts';

const assertHealthy = async (
  part: Pick<BatchConsumer | Producer, 'healthy'>,
  reason: string,
): Promise<void> => {
  if (!part.healthy()) throw new Error(reason);
};

/** @throws {Error} with the reasons why Redis may lose what became of events. */
const assertKeepsFates = async (redis: RedisConnection): Promise<void> => {
  const reasons = await checkServer(redis, { noEviction: true, appendOnly: true });
  if (reasons.length > 0) throw new Error(reasons.join(' '));
};

type Checked = {
  readonly consumer: BatchConsumer;
  readonly upkeep: BatchConsumer;
  readonly kafka: Pick<ConnectedKafka, 'producer' | 'codec'>;
  readonly redis: RedisConnection;
  readonly access: { readonly ready: () => Promise<void> };
};

/** What a copy must have had once before it is ready. */
export const checksOf = ({ consumer, upkeep, kafka, redis, access }: Checked): Connected['checks'] => ({
  consumer: {
    gate: 'startup',
    check: () => assertHealthy(consumer, 'not a member of its consumer group'),
  },
  upkeep: {
    gate: 'startup',
    check: () => assertHealthy(upkeep, 'not a member of the group that keeps fates'),
  },
  producer: {
    gate: 'startup',
    check: () => assertHealthy(kafka.producer, 'no connection to Kafka for retries and dead letters'),
  },
  registry: {
    gate: 'startup',
    check: () => kafka.codec.prepare([...sourceEventContracts, webhookQuarantine, integrationContactDeleted]),
  },
  brake: { gate: 'startup', check: () => assertNotBraked(consumer) },
  redis: { gate: 'startup', check: () => assertKeepsFates(redis) },
  auth: { gate: 'startup', check: access.ready },
});
