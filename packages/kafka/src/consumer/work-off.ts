import type { Codec } from '../avro/codec.ts';
import type { ConsumedRecord, IncomingRecord } from './consumed-record.ts';
import { type Decoded, decodeRecords } from './decode-records.ts';
import type { Handler } from './handler.ts';
import type { Outcome } from './outcome.ts';
import { type BatchFault, runHandler } from './run-handler.ts';
import type { Settlement } from './settle.ts';

export type WorkOffOptions<Value> = {
  readonly codec: Codec;
  readonly handler: Handler<Value>;
  readonly timeoutMs: number;
  readonly settle: (records: readonly IncomingRecord[], outcomes: readonly Outcome[]) => Promise<Settlement>;
};

export type Progress = {
  /** How many records from the front are settled: their offsets may be committed. */
  readonly settled: number;
  /** Why it stopped before the end, if it did. */
  readonly fault?: BatchFault;
};

const recordsOf = <Value>(decoded: readonly Decoded<Value>[]): ConsumedRecord<Value>[] =>
  decoded.flatMap((entry) => ('record' in entry ? [entry.record] : []));

/** Puts the handler's outcomes back between those that decoding already judged. */
const merge = <Value>(decoded: readonly Decoded<Value>[], handled: readonly Outcome[]): Outcome[] => {
  const rest = handled.values();
  return decoded.map((entry) => ('outcome' in entry ? entry.outcome : (rest.next().value as Outcome)));
};

/** The path of a batch: decode, handle, settle. Never rejects; what is not settled has to come again. */
export const createWorkOff = <Value>({ codec, handler, timeoutMs, settle }: WorkOffOptions<Value>) => {
  const readers = new Map(handler.contracts.map((contract) => [contract.topic, contract]));

  return async (
    records: readonly IncomingRecord[],
    run: { readonly failures: number; readonly stop: AbortSignal },
  ): Promise<Progress> => {
    const { decoded, unavailable } = await decodeRecords(codec, readers, records);
    const values = recordsOf(decoded);
    const result =
      values.length === 0
        ? { outcomes: [] }
        : await runHandler(handler.handle, values, { ...run, timeoutMs });
    if ('fault' in result) return { settled: 0, fault: result.fault };
    const { settled, error } = await settle(
      records.slice(0, decoded.length),
      merge(decoded, result.outcomes),
    );
    const cause = error ?? (settled === decoded.length ? unavailable : undefined);
    return cause === undefined ? { settled } : { settled, fault: { isDependency: true, error: cause } };
  };
};
