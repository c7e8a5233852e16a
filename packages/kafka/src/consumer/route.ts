import { deadLetterTopic, type RetryLadder } from '../contracts/topic-names.ts';
import type { IncomingRecord } from './consumed-record.ts';
import { fingerprintOf } from './fingerprint.ts';
import type { Outcome, RecordFault } from './outcome.ts';
import type { RecordFailure, RecordRoute } from './outcome-recorder.ts';

export type RoutesOptions = {
  /** The topics whose records are known by a contract, and have dead letters of their own. */
  readonly topics: readonly string[];
  /** Without one a record that asks for a retry is a dead letter at once. */
  readonly ladder?: RetryLadder;
};

const withFingerprint = ({ stage, code, pointer }: RecordFault): RecordFailure => ({
  stage,
  code,
  ...(pointer !== undefined && { pointer }),
  fingerprint: fingerprintOf({ stage, code, ...(pointer !== undefined && { pointer }) }),
});

/**
 * The one table that says where a record goes (design rule 8). What has no outcome waits in its place.
 *
 * | outcome      | attempt                      | goes to          |
 * | ------------ | ---------------------------- | ---------------- |
 * | `done`       | any                          | its end          |
 * | `deadLetter` | any                          | its dead letters |
 * | `retryLater` | n, up to the number of tiers | the n-th tier    |
 * | `retryLater` | one more                     | its dead letters |
 */
export const createRoutes = ({ topics, ladder }: RoutesOptions) => {
  const known = new Set(topics);
  const letterTopicOf = ({ origin }: IncomingRecord): string =>
    ladder === undefined || known.has(origin.topic) ? deadLetterTopic(origin.topic) : ladder.strayLetters;
  const letter = (record: IncomingRecord, fault: RecordFault): RecordRoute => ({
    kind: 'letter',
    topic: letterTopicOf(record),
    failure: withFingerprint(fault),
  });

  /** `now` in milliseconds since the epoch. */
  return (record: IncomingRecord, outcome: Outcome, now: number): RecordRoute => {
    if (outcome.kind === 'done') return outcome;
    const tier = outcome.kind === 'retryLater' ? ladder?.tiers[record.attempt - 1] : undefined;
    if (tier === undefined) return letter(record, outcome);
    const { topic, waitMs } = tier;
    return { kind: 'tier', topic, dueAt: now + waitMs, failure: withFingerprint(outcome) };
  };
};

export type Routes = ReturnType<typeof createRoutes>;
