import {
  consumerGroup,
  contactSyncLadder,
  createLogReader,
  integrationEventContracts,
  type KafkaClient,
  sourceEventContracts,
  writeBackGroup,
} from '@contact-sync/kafka';
import type { ServiceContext } from '@contact-sync/service-kit';
import { type WatchedGroup, watchBacklog } from '../adapters/watch-backlog.ts';

const backlogEveryMs = 5_000;

/** What the groups of this service are told to be behind with. */
const watchedGroups: readonly WatchedGroup[] = [
  { groupId: consumerGroup, topics: sourceEventContracts.map(({ topic }) => topic) },
  { groupId: contactSyncLadder.groupId, topics: contactSyncLadder.tiers.map(({ topic }) => topic) },
];

/** And where changes are written to AcmeCRM. */
const writingGroup: WatchedGroup = {
  groupId: writeBackGroup,
  topics: integrationEventContracts.map(({ topic }) => topic),
};

/** Tells how far the groups are behind; ends with what it returns. */
export const watchGroups = (context: ServiceContext, client: KafkaClient, writesBack: boolean) =>
  watchBacklog({
    ...context,
    reader: createLogReader(client),
    groups: writesBack ? [...watchedGroups, writingGroup] : watchedGroups,
    everyMs: backlogEveryMs,
  });
