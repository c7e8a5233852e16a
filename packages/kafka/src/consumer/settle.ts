import type { RawRecord } from '../producer/outgoing.ts';
import { createAttempts } from './attempts.ts';
import type { IncomingRecord } from './consumed-record.ts';
import { type Failure, publishDeadLetter } from './dead-letter.ts';
import type { DeadLetterOutcome, Outcome, RetryOutcome, SettledOutcome } from './outcome.ts';

export type SettleOptions = {
  readonly publish: (record: RawRecord) => Promise<unknown>;
  /** Attempts after which a record that asks for a retry is a dead letter. */
  readonly maxAttempts: number;
  /** Told of each record once, with its end: done, or a dead letter. */
  readonly onSettled: (record: IncomingRecord, outcome: SettledOutcome) => void;
};

export type Settlement = {
  /** How many records from the front are settled for good; only these may be committed. */
  readonly settled: number;
  /** Why the record after them is not. */
  readonly error?: unknown;
};

/**
 * Makes the outcomes of a batch durable, so that the offsets may be committed: dead letters are published, and the
 * first record that has to come again ends the settled ones.
 */
export const createSettler = ({ publish, maxAttempts, onSettled }: SettleOptions) => {
  const attempts = createAttempts();

  const failureOf = (record: IncomingRecord, outcome: DeadLetterOutcome | RetryOutcome): Failure => {
    const { count, firstFailureAt } = attempts.failed(record);
    const { stage, code, pointer } = outcome;
    return {
      stage,
      code,
      attempts: count,
      firstFailureAt,
      lastFailureAt: new Date().toISOString(),
      ...(pointer === undefined ? {} : { pointer }),
    };
  };

  /** The failures, if any, of the records before the first one that has to come again. */
  const failuresBeforeRetry = (records: readonly IncomingRecord[], outcomes: readonly Outcome[]) => {
    const failures: (Failure | undefined)[] = [];
    for (const [index, outcome] of outcomes.entries()) {
      const failure = outcome.kind === 'done' ? undefined : failureOf(at(records, index), outcome);
      if (outcome.kind === 'retryLater' && (failure?.attempts ?? 0) < maxAttempts) break;
      failures.push(failure);
    }
    return failures;
  };

  return async (records: readonly IncomingRecord[], outcomes: readonly Outcome[]): Promise<Settlement> => {
    const failures = failuresBeforeRetry(records, outcomes);
    const writes = await Promise.allSettled(
      failures.map((failure, index) => failure && publishDeadLetter(publish, at(records, index), failure)),
    );
    const unwritable = writes.findIndex(({ status }) => status === 'rejected');
    const settled = unwritable === -1 ? writes.length : unwritable;
    for (let index = 0; index < settled; index += 1) {
      attempts.settled(at(records, index));
      onSettled(at(records, index), final(at(outcomes, index)));
    }
    const first = writes[settled];
    return first?.status === 'rejected' ? { settled, error: first.reason } : { settled };
  };
};

/** A retry that is settled has had its last attempt. */
const final = (outcome: Outcome): SettledOutcome =>
  outcome.kind === 'retryLater' ? { ...outcome, kind: 'deadLetter' } : outcome;

const at = <T>(list: readonly T[], index: number): T => list[index] as T;
