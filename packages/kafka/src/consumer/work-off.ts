import type { Codec } from '../avro/codec.ts';
import type { ConsumedRecord, IncomingRecord } from './consumed-record.ts';
import { type Decoded, decodeRecords } from './decode-records.ts';
import type { Handler } from './handler.ts';
import { isolate, type Judged } from './isolate.ts';
import type { Outcome } from './outcome.ts';
import type { Streak } from './partition-waits.ts';
import { type BatchFault, runHandler } from './run-handler.ts';
import type { Settlement } from './settle.ts';

export type WorkOffOptions<Value> = {
  readonly codec: Codec;
  readonly handler: Handler<Value>;
  readonly timeoutMs: number;
  readonly settle: (records: readonly IncomingRecord[], outcomes: readonly Outcome[]) => Promise<Settlement>;
};

/** What a piece of a partition is worked off under. */
export type Run = { readonly streak: Streak; readonly stop: AbortSignal };

export type Progress = {
  /** How many records from the front are settled: their offsets may be committed. */
  readonly settled: number;
  /** Why it stopped before the end, if it did. */
  readonly fault?: BatchFault;
};

/** The time from which a batch that fails whole is halved (design rule 8). */
const halvedFromFailure = 3;

const isHalved = ({ mayBeARecord }: BatchFault, { failures }: Streak): boolean =>
  mayBeARecord && failures + 1 >= halvedFromFailure;

const silent = (error: unknown): BatchFault => ({ isDependency: true, mayBeARecord: false, error });

const recordsOf = <Value>(decoded: readonly Decoded<Value>[]): ConsumedRecord<Value>[] =>
  decoded.flatMap((entry) => ('record' in entry ? [entry.record] : []));

/** Puts the handler's outcomes back between those that decoding already judged; ends where they end. */
const merge = <Value>(decoded: readonly Decoded<Value>[], handled: readonly Outcome[]): Outcome[] => {
  const rest = handled.values();
  const merged: Outcome[] = [];
  for (const entry of decoded) {
    const outcome = 'outcome' in entry ? entry.outcome : rest.next().value;
    if (outcome === undefined) break;
    merged.push(outcome);
  }
  return merged;
};

/** Has the values handled, in halves where the whole is refused or fails again and again. */
const createHandle = <Value>({
  handler,
  timeoutMs,
}: Pick<WorkOffOptions<Value>, 'handler' | 'timeoutMs'>) => {
  let answeredAt = Number.NEGATIVE_INFINITY;

  const call = async (values: readonly ConsumedRecord<Value>[], { streak, stop }: Run) => {
    const result = await runHandler(handler.handle, values, { timeoutMs, failures: streak.failures, stop });
    if (!('fault' in result)) answeredAt = performance.now();
    return result;
  };

  return async (values: readonly ConsumedRecord<Value>[], run: Run): Promise<Judged> => {
    if (values.length === 0) return { outcomes: [] };
    const result = await call(values, run);
    if ('outcomes' in result) return result;
    if ('fault' in result && !isHalved(result.fault, run.streak)) {
      return { outcomes: [], fault: result.fault };
    }
    return isolate(values, result, {
      run: (part) => call(part, run),
      isAnswering: () => answeredAt > run.streak.lastAt,
      patienceMs: timeoutMs,
    });
  };
};

/** The path of a batch: decode, handle, settle. Never rejects; what is not settled has to come again. */
export const createWorkOff = <Value>({ codec, handler, timeoutMs, settle }: WorkOffOptions<Value>) => {
  const readers = new Map(handler.contracts.map((contract) => [contract.topic, contract]));
  const handle = createHandle({ handler, timeoutMs });

  return async (records: readonly IncomingRecord[], run: Run): Promise<Progress> => {
    const { decoded, unavailable } = await decodeRecords(codec, readers, records);
    const judged = await handle(recordsOf(decoded), run);
    const outcomes = merge(decoded, judged.outcomes);
    const { settled, error } = await settle(records.slice(0, outcomes.length), outcomes);
    if (error !== undefined) return { settled, fault: silent(error) };
    if (settled < outcomes.length) return { settled };
    if (judged.fault !== undefined) return { settled, fault: judged.fault };
    return unavailable === undefined ? { settled } : { settled, fault: silent(unavailable) };
  };
};
