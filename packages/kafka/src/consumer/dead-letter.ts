import { AppError } from '@contact-sync/domain';
import { failureHeaders, originHeaders, ownHeaderNames } from '../contracts/record-headers.ts';
import { deadLetterTopic } from '../contracts/topic-names.ts';
import type { RawHeaders, RawRecord } from '../producer/outgoing.ts';
import type { IncomingRecord } from './consumed-record.ts';
import { fingerprintOf } from './fingerprint.ts';
import type { RecordFault } from './outcome.ts';

/** A failure with its history, as a dead letter's headers tell it. */
export type Failure = RecordFault & {
  readonly attempts: number;
  /** RFC 3339. */
  readonly firstFailureAt: string;
  readonly lastFailureAt: string;
};

type Part = 'key' | 'value' | 'headers';

/** What a letter goes without, the first time and after each that was too large. */
const omissions: readonly (readonly Part[])[] = [[], ['value'], ['value', 'headers', 'key']];

const maxPointerLength = 256;

/** As they came, repeated and null ones too; a name of ours that somebody else wrote would be taken for our word. */
const originalHeaders = ({ message }: IncomingRecord): RawHeaders =>
  Object.fromEntries(
    Object.entries(message.headers ?? {}).flatMap(([name, value]) =>
      value === undefined || ownHeaderNames.has(name) ? [] : [[name, value]],
    ),
  );

const omissionHeaders = ({ message }: IncomingRecord, omitted: readonly Part[]): RawHeaders =>
  omitted.length === 0
    ? {}
    : {
        [failureHeaders.omitted]: omitted.join(','),
        [failureHeaders.valueBytes]: String(message.value?.length ?? 0),
      };

const failureHeadersOf = (failure: Failure): RawHeaders => ({
  [failureHeaders.attempts]: String(failure.attempts),
  [failureHeaders.firstFailureAt]: failure.firstFailureAt,
  [failureHeaders.lastFailureAt]: failure.lastFailureAt,
  [failureHeaders.stage]: failure.stage,
  [failureHeaders.code]: failure.code,
  [failureHeaders.fingerprint]: fingerprintOf(failure),
  ...(failure.pointer !== undefined && {
    [failureHeaders.pointer]: failure.pointer.slice(0, maxPointerLength),
  }),
});

const letter = (record: IncomingRecord, failure: Failure, omitted: readonly Part[]): RawRecord => ({
  topic: deadLetterTopic(record.origin.topic),
  key: omitted.includes('key') ? null : record.message.key,
  value: omitted.includes('value') ? null : record.message.value,
  headers: {
    ...(omitted.includes('headers') ? {} : originalHeaders(record)),
    [originHeaders.topic]: record.origin.topic,
    [originHeaders.partition]: String(record.origin.partition),
    [originHeaders.offset]: record.origin.offset,
    [originHeaders.timestamp]: String(record.origin.timestamp),
    ...failureHeadersOf(failure),
    ...(record.unreadable && { [failureHeaders.records]: String(record.unreadable.records) }),
    ...omissionHeaders(record, omitted),
  },
});

const isTooLarge = (error: unknown): boolean =>
  error instanceof AppError && error.code === 'PAYLOAD_TOO_LARGE';

/**
 * Writes a record to its topic's dead letters, with its bytes, key and headers as they came. Where that is too large it
 * goes without its value, then without its headers and key, and says so. Rejects as `publish` does.
 */
export const publishDeadLetter = async (
  publish: (record: RawRecord) => Promise<unknown>,
  record: IncomingRecord,
  failure: Failure,
): Promise<void> => {
  const [first = [], ...further] = omissions;
  let sent = publish(letter(record, failure, first));
  for (const omitted of further) {
    sent = sent.catch((error: unknown) => {
      if (!isTooLarge(error)) throw error;
      return publish(letter(record, failure, omitted));
    });
  }
  await sent;
};
