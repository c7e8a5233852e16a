import type { SourceEvent } from '@contact-sync/domain';
import {
  consumerGroup,
  createBatchConsumer,
  createCodec,
  createProducer,
  createRegistry,
  defineHandler,
  type KafkaClient,
  sourceEventContracts,
} from '@contact-sync/kafka';
import { eventually } from '@contact-sync/testing';

const silent = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
};

/** A copy that takes its share of the worker's partitions, stays in the group, and settles nothing. */
export const holdPartitions = async (
  client: KafkaClient,
  registryUrl: string,
): Promise<{ readonly stop: () => Promise<void> }> => {
  const codec = createCodec({ registry: createRegistry({ url: registryUrl }) });
  let held = 0;
  const consumer = createBatchConsumer({
    client,
    codec,
    producer: createProducer({ client, codec, contracts: [], logger: silent }),
    groupId: consumerGroup,
    handler: defineHandler<SourceEvent>(sourceEventContracts, () => Promise.withResolvers<never>().promise),
    logger: silent,
    onFatal: () => undefined,
    timeoutMs: 600_000,
    stopGraceMs: 0,
    hooks: {
      onAssigned: ({ assignment }) => {
        held = Object.values(assignment).flat().length;
      },
    },
  });
  await consumer.start();
  await eventually(() => held > 0, { timeoutMs: 30_000 });
  return { stop: () => consumer.stop() };
};
