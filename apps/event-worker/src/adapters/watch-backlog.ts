import type { LogReader } from '@contact-sync/kafka';
import type { Logger, Metrics } from '@contact-sync/service-kit';
import { createBackgroundLoop } from '../background-loop.ts';
import { createBacklogMetrics } from './backlog-metrics.ts';

/** A consumer group, and what it reads. */
export type WatchedGroup = { readonly groupId: string; readonly topics: readonly string[] };

type Parts = {
  readonly reader: Pick<LogReader, 'backlog' | 'close'>;
  readonly groups: readonly WatchedGroup[];
  readonly logger: Pick<Logger, 'debug'>;
  readonly metrics: Metrics;
  /** Between two looks, in milliseconds. */
  readonly everyMs: number;
};

/** Tells how far the groups are behind until the function that it gives is called. */
export const watchBacklog = ({ reader, groups, logger, metrics, everyMs }: Parts): (() => Promise<void>) => {
  const backlog = createBacklogMetrics(metrics, Date.now);
  const look = createBackgroundLoop({
    step: async () => {
      for (const { groupId, topics } of groups) backlog.told(groupId, await reader.backlog(groupId, topics));
      return false;
    },
    restMs: everyMs,
    onFailed: (err) => {
      backlog.unknown();
      logger.debug({ err }, 'the brokers do not say how far groups are behind');
    },
  });
  look.start();
  return async () => {
    await reader.close();
    await look.stop();
  };
};
