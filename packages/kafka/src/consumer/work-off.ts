import { AppError } from '@contact-sync/domain';
import type { Codec } from '../avro/codec.ts';
import type { TopicReader } from '../contracts/topic-contract.ts';
import { beginProcessSpans } from '../tracing/process-spans.ts';
import { type Brake, brakeSyncMs } from './brake.ts';
import type { Breakers } from './breaker.ts';
import type { ConsumedRecord, IncomingRecord } from './consumed-record.ts';
import { type Decoded, decodeRecords } from './decode-records.ts';
import { fingerprintOf } from './fingerprint.ts';
import type { Run } from './handle-records.ts';
import type { Judged } from './isolate.ts';
import type { Outcome } from './outcome.ts';
import type { Mark } from './outcome-window.ts';
import type { Pause } from './partition-waits.ts';
import type { Judgement, Settlement } from './settle.ts';

export type WorkOffOptions<Value> = {
  readonly codec: Codec;
  readonly contracts: readonly TopicReader<Value>[];
  readonly handle: (values: readonly ConsumedRecord<Value>[], run: Run) => Promise<Judged>;
  readonly settle: (judgements: readonly Judgement<Value>[]) => Promise<Settlement>;
  readonly breakers: Breakers;
  readonly brake: Brake;
  /** Whose batches these are, as their spans tell it. */
  readonly groupId: string;
};

export type Progress = {
  /** How many records from the front are settled: their offsets may be committed. */
  readonly settled: number;
  /** Why it stopped before the end, if it did. */
  readonly pause?: Pause;
};

type Traceparents = readonly (string | undefined)[];

const recordsOf = <Value>(decoded: readonly Decoded<Value>[]): ConsumedRecord<Value>[] =>
  decoded.flatMap((entry) => ('record' in entry ? [entry.record] : []));

/** Puts the handler's outcomes back between those that decoding already judged; ends where they end. */
const merge = <Value>(
  records: readonly IncomingRecord[],
  decoded: readonly Decoded<Value>[],
  handled: readonly Outcome[],
): Judgement<Value>[] => {
  const rest = handled.values();
  const merged: Judgement<Value>[] = [];
  for (const [index, entry] of decoded.entries()) {
    const record = records[index] as IncomingRecord;
    const outcome = 'outcome' in entry ? entry.outcome : rest.next().value;
    if (outcome === undefined) break;
    merged.push({ record, outcome, ...('record' in entry && { value: entry.record.value }) });
  }
  return merged;
};

const markOf = ({ outcome }: Judgement<unknown>): Mark =>
  outcome.kind === 'done' ? undefined : fingerprintOf(outcome);

/** The path of a batch: decode, handle, route, record. Never rejects; what is not settled has to come again. */
export const createWorkOff = <Value>(options: WorkOffOptions<Value>) => {
  const { codec, contracts, handle, settle, breakers, brake, groupId } = options;
  const readers = new Map(contracts.map((contract) => [contract.topic, contract]));

  const pauseOf = ({ fault }: Judged): Pause | undefined => {
    if (fault === undefined) return undefined;
    const { error, isDependency } = fault;
    if (!isDependency) return { cause: 'fault', error };
    const told = error instanceof AppError ? (error.retryAfterMs ?? 0) : 0;
    const waitMs = Math.max(told, breakers.handler.waitMs());
    return { cause: 'dependency', error, ...(waitMs > 0 && { waitMs }) };
  };

  const judge = async (records: readonly IncomingRecord[], run: Run, traceparents: Traceparents) => {
    const { decoded, unavailable } = await decodeRecords(codec, readers, records, traceparents);
    const judged = await handle(recordsOf(decoded), run);
    const pause =
      pauseOf(judged) ??
      (unavailable === undefined ? undefined : { cause: 'dependency' as const, error: unavailable });
    return { judgements: merge(records, decoded, judged.outcomes), pause };
  };

  /** As far as the brake lets it go. */
  const settleAdmitted = async (judgements: readonly Judgement<Value>[]): Promise<Progress> => {
    const marks = judgements.map(markOf);
    const room = brake.admit(
      judgements.map(({ record }) => record),
      marks,
    );
    const { settled, unsettled } = await settle(judgements.slice(0, room));
    brake.withdraw(marks.slice(settled, room));
    if (unsettled === undefined) {
      breakers.recorder.succeeded();
      return room < judgements.length
        ? { settled, pause: { cause: 'brake', waitMs: brakeSyncMs } }
        : { settled };
    }
    const { dependency, error } = unsettled;
    if (dependency === 'kafka') return { settled, pause: { cause: 'dependency', error } };
    return { settled, pause: { cause: 'dependency', error, waitMs: breakers.recorder.failed() } };
  };

  /** In the spans of the batch, which tell what became of its records. */
  const traced = async (
    records: readonly IncomingRecord[],
    work: (traceparents: Traceparents) => Promise<{
      readonly judgements: readonly Judgement<Value>[];
      readonly progress: Progress;
    }>,
  ): Promise<Progress> => {
    const spans = beginProcessSpans(records, groupId);
    let outcomes: readonly Outcome[] = [];
    let settled = 0;
    try {
      const { judgements, progress } = await spans.run(() => work(spans.traceparents));
      outcomes = judgements.map(({ outcome }) => outcome);
      settled = progress.settled;
      return progress;
    } finally {
      spans.end(outcomes, settled);
    }
  };

  /** The one record that tells whether a braked group may go on. */
  const probe = async (record: IncomingRecord, run: Run): Promise<Progress> => {
    const stays: Progress = { settled: 0, pause: { cause: 'brake', waitMs: brakeSyncMs } };
    if (!brake.isProbe(record)) return stays;
    return traced([record], async (traceparents) => {
      const { judgements, pause } = await judge([record], run, traceparents);
      const [judgement] = judgements;
      if (judgement === undefined)
        return { judgements, progress: pause === undefined ? stays : { settled: 0, pause } };
      return {
        judgements,
        progress: brake.probed(markOf(judgement)) ? await settleAdmitted(judgements) : stays,
      };
    });
  };

  return async (records: readonly IncomingRecord[], run: Run): Promise<Progress> => {
    const waitMs = Math.max(breakers.handler.waitMs(), breakers.recorder.waitMs());
    if (waitMs > 0) return { settled: 0, pause: { cause: 'dependency', waitMs } };
    const [first] = records;
    if (first !== undefined && brake.braked() !== undefined) return probe(first, run);
    return traced(records, async (traceparents) => {
      const { judgements, pause } = await judge(records, run, traceparents);
      const settled = await settleAdmitted(judgements);
      const progress = settled.pause !== undefined || pause === undefined ? settled : { ...settled, pause };
      return { judgements, progress };
    });
  };
};
