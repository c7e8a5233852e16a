import { AppError } from '@contact-sync/domain';
import type { Codec } from '../avro/codec.ts';
import { undecodable } from '../avro/wire-format.ts';
import type { TopicReader } from '../contracts/topic-contract.ts';
import type { ConsumedRecord, IncomingRecord } from './consumed-record.ts';
import { deadLetter, type Outcome } from './outcome.ts';

/** One record after decoding: ready for the handler, or already judged. */
export type Decoded<Value> = { readonly record: ConsumedRecord<Value> } | { readonly outcome: Outcome };

const judge = (error: unknown): Outcome => {
  if (error instanceof AppError && error.retryable) throw error;
  const pointer = error instanceof AppError ? error.errors[0]?.pointer : undefined;
  const code = error instanceof AppError ? error.code : 'UNDECODABLE';
  return deadLetter({ stage: 'decode', code, ...(pointer === undefined ? {} : { pointer }) });
};

const decodeOne = async <Value>(
  codec: Codec,
  readers: ReadonlyMap<string, TopicReader<Value>>,
  { origin, message, headers, unreadable }: IncomingRecord,
  traceparent: string | undefined,
): Promise<Decoded<Value>> => {
  if (unreadable !== undefined) return { outcome: deadLetter({ stage: 'codec', code: 'UNDECODABLE' }) };
  try {
    const reader = readers.get(origin.topic);
    if (reader === undefined) throw undecodable('no contract for the topic');
    const value = await codec.decode(reader, message.value);
    const record = { value, key: message.key?.toString() ?? '', headers, origin };
    return { record: traceparent === undefined ? record : { ...record, traceparent } };
  } catch (error) {
    return { outcome: judge(error) };
  }
};

/**
 * Decodes records in order. Bytes that never decode are dead letters; where the registry does not answer for an id not
 * seen before, the list ends, and `unavailable` says why: what comes before it can be worked off meanwhile.
 */
export const decodeRecords = async <Value>(
  codec: Codec,
  readers: ReadonlyMap<string, TopicReader<Value>>,
  records: readonly IncomingRecord[],
  traceparents: readonly (string | undefined)[] = [],
): Promise<{ readonly decoded: readonly Decoded<Value>[]; readonly unavailable?: unknown }> => {
  const decoded: Decoded<Value>[] = [];
  for (const [index, record] of records.entries()) {
    try {
      decoded.push(await decodeOne(codec, readers, record, traceparents[index]));
    } catch (unavailable) {
      return { decoded, unavailable };
    }
  }
  return { decoded };
};
