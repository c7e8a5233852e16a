import { onTestFinished } from 'vitest';
import {
  type BatchConsumer,
  type BatchConsumerOptions,
  type BatchHandler,
  createBatchConsumer,
  defineHandler,
  type TopicReader,
} from '../../src/index.ts';
import { ownGroup, silent } from './servers.ts';

type Given<Value> = Pick<BatchConsumerOptions<Value>, 'client' | 'codec' | 'producer'> &
  Partial<BatchConsumerOptions<Value>> & {
    readonly topics: readonly TopicReader<Value>[];
    readonly handle: BatchHandler<Value>;
  };

/** A started consumer with short waits; stopped with the test. */
export const consume = async <Value>({
  topics,
  handle,
  ...options
}: Given<Value>): Promise<BatchConsumer> => {
  const consumer = createBatchConsumer({
    groupId: ownGroup(),
    logger: silent,
    backoff: { firstMs: 50, maxMs: 200 },
    sessionTimeoutMs: 6_000,
    heartbeatMs: 200,
    onFatal: (error) => {
      throw error;
    },
    ...options,
    handler: defineHandler(topics, handle),
  });
  onTestFinished(() => consumer.stop());
  await consumer.start();
  return consumer;
};
