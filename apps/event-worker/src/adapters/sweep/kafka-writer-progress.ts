import { integrationEventContracts, type LogReader, writeBackGroup } from '@contact-sync/kafka';
import type { WriterProgress } from '../../sweep/ports.ts';

const topics = integrationEventContracts.map(({ topic }) => topic);

/** How far the group that writes to AcmeCRM has come, as the brokers know it; `now` in milliseconds since the epoch. */
export const createKafkaWriterProgress = (
  reader: Pick<LogReader, 'backlog'>,
  now: () => number,
): WriterProgress => ({
  lookedUntil: async () => {
    const asked = now();
    const backlog = await reader.backlog(writeBackGroup, topics);
    return Math.min(asked, ...backlog.flatMap(({ oldestAt }) => oldestAt ?? []));
  },
});
