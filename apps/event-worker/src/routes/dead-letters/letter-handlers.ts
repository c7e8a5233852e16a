import type { letterRoutes } from '@contact-sync/api-contracts';
import type { LogReader } from '@contact-sync/kafka';
import type { RouteHandlers } from '@contact-sync/service-kit';
import { recordsBehind } from '../../letters/behind.ts';
import { type DiscardPorts, discardLetters } from '../../letters/discard-letters.ts';
import { letterTopics } from '../../letters/letter-topics.ts';
import type { ShowPorts } from '../../letters/show-letter.ts';
import type { DryRunPorts } from '../../replay/dry-run.ts';
import type { ReplayStore } from '../../replay/replay-job.ts';
import { callerOf } from '../caller.ts';
import { dryRunDeadLetters } from './dry-run.ts';
import { getDeadLetter } from './get-dead-letter.ts';
import { timeText } from './letter-view.ts';
import { listDeadLetters } from './list-dead-letters.ts';
import { listGroups } from './list-groups.ts';
import { replayHandlers } from './replays.ts';
import { selectionOf } from './selection.ts';

/** All that the routes of letters work with. */
export type LetterPorts = DiscardPorts & {
  readonly reader: Pick<LogReader, 'read' | 'bounds'>;
  readonly codec: ShowPorts['codec'];
  readonly viewer: ShowPorts['contacts'];
  readonly contacts: DryRunPorts['contacts'];
  readonly writes: DryRunPorts['writes'];
  readonly ingest: DryRunPorts['ingest'];
  readonly replays: ReplayStore;
};

/** `/api/v1/dead-letters` (design rule 9). */
export const letterHandlers = (ports: LetterPorts): RouteHandlers<typeof letterRoutes> => {
  const { index, reader, codec, ingest, contacts, writes, audit, now } = ports;
  const behind = () => recordsBehind(index, reader, letterTopics);
  return {
    listDeadLetters: listDeadLetters(index),
    listDeadLetterGroups: listGroups(index, behind),
    getDeadLetter: getDeadLetter({ index, reader, codec, contacts: ports.viewer }),
    dryRunDeadLetters: dryRunDeadLetters({ index, reader, codec, ingest, contacts, writes }),
    discardDeadLetters: async (request) => {
      const { select, reason } = request.body;
      const by = callerOf(request);
      return { status: 200, body: await discardLetters(ports, selectionOf(select), { by, reason }) };
    },
    rebuildDeadLetters: async (request) => {
      await index.clear();
      await audit.add({ at: now(), by: callerOf(request), action: 'rebuild' });
      return { status: 202, body: { behind: await behind() } };
    },
    listLetterAudit: async ({ query }) => {
      const entries = await audit.last(query.limit);
      return {
        status: 200,
        body: { items: entries.map(({ at, ...rest }) => ({ at: timeText(at), ...rest })) },
      };
    },
    ...replayHandlers({ store: ports.replays, index, audit, now }),
  };
};
