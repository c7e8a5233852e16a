import { acmeContactUpdated, contactSyncLadder } from '@contact-sync/kafka';
import { eventually } from '@contact-sync/testing';
import { untilWorkedOff } from '../harness/topics.ts';
import { countFate, readMetric } from './metric.ts';
import { openSourceRecords, type SourceRecordsOptions } from './source-records.ts';
import { dueTimes, waitingRecord } from './waiting-records.ts';

export type TroubleOptions = SourceRecordsOptions & {
  readonly workerOpsUrl: string;
  readonly contactOpsUrl: string;
  /** How many records a full tier has. */
  readonly waiting: number;
};

const tries = contactSyncLadder.tiers.length;
const tier = contactSyncLadder.tiers.at(-1) ?? contactSyncLadder.tiers[0];
// Filling the tier and the last answers of a turn.
const slackMs = 5_000;
const calmWithinMs = 60_000;

/**
 * Resolves with what a quiet system is troubled by: records that can never work, and the last retry tier full of such
 * as wait. The contacts of the latter are their own.
 */
export const openTrouble = async (options: TroubleOptions) => {
  const { brokers, waiting, workerOpsUrl, contactOpsUrl } = options;
  const source = await openSourceRecords(options);
  let [version, fullUntil, poisonings] = [1, 0, 0];

  const { value } = source.update(0, 2);
  const torn = value.subarray(0, value.length / 2);
  const sendTorn = (): Promise<void> =>
    source.send(acmeContactUpdated.topic, [{ key: `poison-${poisonings}`, value: torn }]);

  return {
    /** Fills the tier for a turn of so many seconds that begins when this resolves. */
    async fillTier(seconds: number): Promise<void> {
      version += 1;
      const records = Array.from({ length: waiting }, (_, number) => source.update(number, version));
      const from = Date.now();
      fullUntil = from + seconds * 1_000 + slackMs;
      const due = dueTimes({ count: waiting, waitMs: tier.waitMs, from, until: fullUntil });
      const messages = records.map((record, index) =>
        waitingRecord(
          { record, dueAt: due[index] ?? fullUntil, offset: version * waiting + index },
          tier,
          tries,
        ),
      );
      await source.send(tier.topic, messages);
    },

    /** Sends half of an update to its topic, or has `contradict` send an event that no one can apply. */
    poison(contradict: () => Promise<void>): Promise<void> {
      poisonings += 1;
      return poisonings % 2 === 0 ? contradict() : sendTorn();
    },

    /** @throws {Error} when the tier has not been full all the time: what was measured is something else. */
    assertFull(): void {
      if (Date.now() >= fullUntil) throw new Error('the tier came due before the turn was over');
    },

    /** Resolves when all of the poison is dead letters, the tier empty, and what came of it sent on. */
    async untilCalm(): Promise<void> {
      const within = { timeoutMs: calmWithinMs, intervalMs: 200 };
      await untilWorkedOff(brokers, { groupId: contactSyncLadder.groupId, topic: tier.topic }, within);
      await eventually(async () => (await readMetric(contactOpsUrl, 'outbox_entries')) === 0, within);
      await eventually(async () => (await countFate(workerOpsUrl, 'dead_letter')) >= poisonings, within);
      const letters = await countFate(workerOpsUrl, 'dead_letter');
      if (letters > poisonings) throw new Error(`${letters} dead letters of ${poisonings} poisoned records`);
    },
  };
};
