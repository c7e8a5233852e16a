import {
  type BatchConsumer,
  type Codec,
  createBatchConsumer,
  integrationEventContracts,
  type KafkaClient,
  type Producer,
  writeBackGroup,
  writeBackLadder,
} from '@contact-sync/kafka';
import type { RedisConnection } from '@contact-sync/redis';
import type { HealthCheck, ServiceContext } from '@contact-sync/service-kit';
import { createHttpContactApplier } from '../adapters/http-contact-applier.ts';
import { createHttpWritePlanner } from '../adapters/http-write-planner.ts';
import type { Peer } from '../adapters/internal-caller.ts';
import { createRedisBrake } from '../adapters/redis-brake/redis-brake.ts';
import { createWriteBackMetrics } from '../adapters/write-back-metrics.ts';
import type { Config } from '../config.ts';
import { assertNotBraked } from '../live-consumer.ts';
import type { ConsumerGroup } from '../ports.ts';
import { operatorOf } from '../write-back/brake-operator.ts';
import { createWriter } from '../write-back/writer.ts';

import { connectAcme } from './connect-acme.ts';
import { connectWriteBrake } from './connect-write-brake.ts';

export type WriteBackParts = {
  readonly client: KafkaClient;
  readonly codec: Codec;
  readonly producer: Producer;
  readonly redis: RedisConnection;
  readonly limits: RedisConnection;
  readonly contacts: Peer;
};

export type ConnectedWriteBack = {
  readonly consumer: BatchConsumer;
  readonly groups: readonly ConsumerGroup[];
  readonly checks: Readonly<Record<string, HealthCheck>>;
  readonly close: () => Promise<void>;
};

const secondMs = 1_000;
/** What a batch may take beside its writes at our rate. */
const marginMs = 60_000;
const maxBatch = 200;
/** Long enough for AcmeCRM to rest, short enough for an edit that comes when it is back. */
const backoff = { firstMs: 250, maxMs: 5_000 };

/** The writer to AcmeCRM; undefined where no address of AcmeCRM is set. */
export const connectWriteBack = (
  config: Config,
  context: ServiceContext,
  { client, codec, producer, redis, limits, contacts }: WriteBackParts,
): ConnectedWriteBack | undefined => {
  const { logger, onFatal } = context;
  const perSecond = config.ACME_WRITES_PER_SECOND;
  const acme = connectAcme(
    config,
    { redis: limits, metrics: context.metrics },
    { name: 'writes', perSecond },
  );
  if (acme === undefined) return undefined;
  const planner = createHttpWritePlanner(contacts, { deletes: config.ACME_WRITE_BACK_DELETES });
  const brake = connectWriteBrake(config, context, { redis, contacts: planner.contacts });
  const failures = createRedisBrake({ redis, groupId: writeBackGroup, now: Date.now });
  const hooks = createWriteBackMetrics(context.metrics, async () => (await brake.braked()) !== undefined);
  const handler = createWriter({
    api: acme.api,
    planner,
    contacts: createHttpContactApplier(contacts),
    brake,
    now: Date.now,
  });
  const consumer = createBatchConsumer({
    client,
    codec,
    producer,
    groupId: writeBackGroup,
    ladder: writeBackLadder,
    handler,
    brakeStore: failures,
    logger,
    hooks,
    onFatal,
    maxBatch,
    timeoutMs: marginMs + (maxBatch * secondMs) / perSecond,
    backoff,
  });
  return {
    consumer,
    groups: [{ group: writeBackGroup, brakes: [failures, operatorOf(brake)] }],
    checks: {
      writeBack: {
        gate: 'startup',
        check: async () => {
          if (!consumer.healthy()) throw new Error('not a member of the group that writes to AcmeCRM');
          await assertNotBraked(consumer);
          await codec.prepare(integrationEventContracts);
        },
      },
      writeBrake: {
        gate: 'never',
        check: async () => {
          const braked = await brake.braked();
          if (braked === undefined) return;
          throw new Error(`${braked.counted} deletes within ten minutes: waits for an operator`);
        },
      },
    },
    close: async () => {
      await consumer.stop();
      await acme.close();
    },
  };
};
