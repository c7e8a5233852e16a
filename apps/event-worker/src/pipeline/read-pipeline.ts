import type { Pipeline } from '@contact-sync/api-contracts';
import {
  type Backlog,
  consumerGroup,
  contactSyncLadder,
  deadLetterTopic,
  integrationEventContracts,
  type LogBounds,
  type LogReader,
  sourceEventContracts,
  webhookQuarantine,
  writeBackGroup,
} from '@contact-sync/kafka';
import type { LetterIndex } from '../letters/ports.ts';

export type PipelinePorts = {
  readonly reader: Pick<LogReader, 'bounds' | 'backlog'>;
  readonly index: Pick<LetterIndex, 'summary'>;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** Whether there is a group that writes to AcmeCRM. */
  readonly writesBack: boolean;
};

const accepted = sourceEventContracts.map(({ topic }) => topic);
const retries = contactSyncLadder.tiers.map(({ topic }) => topic);
const letters = [...accepted.map(deadLetterTopic), contactSyncLadder.strayLetters];
const refused = [webhookQuarantine.topic];
const told = integrationEventContracts.map(({ topic }) => topic);

const enteredOf = (bounds: readonly LogBounds[], topics: readonly string[]): number =>
  bounds.filter(({ topic }) => topics.includes(topic)).reduce((sum, { end }) => sum + Number(end), 0);

const workedOff = (entered: number, backlog: readonly Backlog[]) => {
  const waiting = backlog.reduce((sum, { lag }) => sum + lag, 0);
  const oldest = Math.min(...backlog.flatMap(({ oldestAt }) => oldestAt ?? []));
  return {
    entered,
    // What comes between the two looks at the log is in the second alone.
    settled: Math.max(0, entered - waiting),
    waiting,
    ...(Number.isFinite(oldest) && { oldestAt: new Date(oldest).toISOString() }),
  };
};

/** How much has come to each stage and waits there. Throws retryable `AppError`s alone. */
export const readPipeline = async ({ reader, index, now, writesBack }: PipelinePorts): Promise<Pipeline> => {
  const [waiting, retried, unwritten, { open }] = await Promise.all([
    reader.backlog(consumerGroup, accepted),
    reader.backlog(contactSyncLadder.groupId, retries),
    writesBack ? reader.backlog(writeBackGroup, told) : undefined,
    index.summary(),
  ]);
  const bounds = await reader.bounds([...accepted, ...retries, ...letters, ...refused, ...told]);
  return {
    at: new Date(now()).toISOString(),
    accepted: workedOff(enteredOf(bounds, accepted), waiting),
    retries: workedOff(enteredOf(bounds, retries), retried),
    letters: { entered: enteredOf(bounds, letters), open },
    refused: { entered: enteredOf(bounds, refused) },
    told: { entered: enteredOf(bounds, told) },
    ...(unwritten && { writtenBack: workedOff(enteredOf(bounds, told), unwritten) }),
  };
};
