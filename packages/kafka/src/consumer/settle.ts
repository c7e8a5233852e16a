import type { RawRecord } from '../producer/outgoing.ts';
import type { IncomingRecord } from './consumed-record.ts';
import { isTooLarge, publishDeadLetter } from './dead-letter.ts';
import { failureOf } from './failure.ts';
import { deadLetter, type Outcome } from './outcome.ts';
import type { OutcomeRecorder, RecordOutcome, RecordRoute } from './outcome-recorder.ts';
import { retryRecord } from './retry-record.ts';
import type { Routes } from './route.ts';

export type SettleOptions<Value> = {
  readonly publish: (record: RawRecord) => Promise<unknown>;
  readonly routes: Routes;
  readonly recorder?: OutcomeRecorder<Value>;
  /** Told of what is settled, once it is. */
  readonly onSettled: (outcomes: readonly RecordOutcome<Value>[]) => void;
};

/** A record with what became of it; the value is absent where it could not be decoded. */
export type Judgement<Value> = {
  readonly record: IncomingRecord;
  readonly value?: Value;
  readonly outcome: Outcome;
};

/** Why records have to come again though their outcomes are known. */
export type Unsettled = { readonly dependency: 'kafka' | 'recorder'; readonly error: unknown };

export type Settlement = {
  /** How many records from the front are settled for good; only these may be committed. */
  readonly settled: number;
  /** Why the record after them is not. */
  readonly unsettled?: Unsettled;
};

const outcomeOf = <Value>(
  { record, value }: Judgement<Value>,
  route: RecordRoute,
  at: number,
): RecordOutcome<Value> => {
  const { position, origin, headers, attempt, replay } = record;
  const firstFailureAt =
    record.firstFailureAt ?? (route.kind === 'done' ? undefined : new Date(at).toISOString());
  return {
    position,
    origin,
    key: record.message.key?.toString() ?? null,
    headers,
    attempt,
    at,
    route,
    ...(value !== undefined && { value }),
    ...(firstFailureAt !== undefined && { firstFailureAt }),
    ...(replay !== undefined && { replay }),
  };
};

/**
 * Makes what became of a batch durable, so that its offsets may be committed: retries and dead letters are published,
 * then the outcomes are recorded. The first record of which that fails ends what is settled.
 */
export const createSettler = <Value>(options: SettleOptions<Value>) => {
  const { publish, routes, recorder, onSettled } = options;

  /** The route that was taken: a record that is too large for a tier with what it carries there is a dead letter. */
  const carryOut = async (
    { record, outcome }: Judgement<Value>,
    route: RecordRoute,
    now: number,
  ): Promise<RecordRoute> => {
    if (route.kind === 'done' || outcome.kind === 'done') return route;
    const failure = failureOf(record, route.failure, now);
    if (route.kind === 'letter') {
      await publishDeadLetter(publish, { topic: route.topic, record, failure });
      return route;
    }
    try {
      await publish(retryRecord(record, route, failure));
      return route;
    } catch (error) {
      if (!isTooLarge(error)) throw error;
      const fault = deadLetter(outcome);
      return carryOut({ record, outcome: fault }, routes(record, fault, now), now);
    }
  };

  return async (judgements: readonly Judgement<Value>[]): Promise<Settlement> => {
    const now = Date.now();
    const taken = await Promise.allSettled(
      judgements.map((judgement) =>
        carryOut(judgement, routes(judgement.record, judgement.outcome, now), now),
      ),
    );
    const outcomes: RecordOutcome<Value>[] = [];
    let unsettled: Unsettled | undefined;
    for (const [index, result] of taken.entries()) {
      if (result.status === 'rejected') {
        unsettled = { dependency: 'kafka', error: result.reason };
        break;
      }
      outcomes.push(outcomeOf(judgements[index] as Judgement<Value>, result.value, now));
    }
    try {
      if (outcomes.length > 0) await recorder?.record(outcomes);
    } catch (error) {
      return { settled: 0, unsettled: { dependency: 'recorder', error } };
    }
    onSettled(outcomes);
    return { settled: outcomes.length, ...(unsettled !== undefined && { unsettled }) };
  };
};
