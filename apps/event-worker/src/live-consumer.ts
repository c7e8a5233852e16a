import type { SourceEvent } from '@contact-sync/domain';
import {
  type BatchConsumer,
  type BatchConsumerOptions,
  consumerGroup,
  contactSyncLadder,
  createBatchConsumer,
} from '@contact-sync/kafka';
import type { ServiceContext } from '@contact-sync/service-kit';
import { createWorkerMetrics } from './adapters/worker-metrics.ts';
import type { Config } from './config.ts';

type Parts = Pick<
  BatchConsumerOptions<SourceEvent>,
  'client' | 'codec' | 'producer' | 'handler' | 'recorder' | 'brakeStore'
>;

/** The consumer of AcmeCRM's events and of those of them that wait on retry tiers. */
export const createLiveConsumer = (
  { CONSUME_CONCURRENCY: concurrency }: Pick<Config, 'CONSUME_CONCURRENCY'>,
  { logger, metrics, onFatal }: ServiceContext,
  parts: Parts,
): BatchConsumer =>
  createBatchConsumer({
    ...parts,
    groupId: consumerGroup,
    ladder: contactSyncLadder,
    logger,
    hooks: createWorkerMetrics(metrics),
    onFatal,
    concurrency,
  });

/** @throws {Error} that says what a paused group waits for, as readiness tells it. */
export const assertNotBraked = async (consumer: Pick<BatchConsumer, 'braked'>): Promise<void> => {
  const braked = consumer.braked();
  if (braked === undefined) return;
  const { fingerprint, topic, partition } = braked;
  throw new Error(`paused: too many records fail with ${fingerprint}; tried again at ${topic}/${partition}`);
};
