import { failureHeaders, ownHeaderNames } from '../contracts/record-headers.ts';
import type { RawHeaders } from '../producer/outgoing.ts';
import type { IncomingRecord } from './consumed-record.ts';
import type { RecordFailure } from './outcome-recorder.ts';

/** A failure with its history, as the headers of a dead letter or a retry tell it. */
export type Failure = RecordFailure & {
  readonly attempts: number;
  /** RFC 3339. */
  readonly firstFailureAt: string;
  readonly lastFailureAt: string;
};

const maxPointerLength = 256;

/** A record's failure at `now` (milliseconds since the epoch), with what it has carried along. */
export const failureOf = (record: IncomingRecord, failure: RecordFailure, now: number): Failure => {
  const lastFailureAt = new Date(now).toISOString();
  return {
    ...failure,
    attempts: record.attempt,
    firstFailureAt: record.firstFailureAt ?? lastFailureAt,
    lastFailureAt,
  };
};

export const failureHeadersOf = (failure: Failure): RawHeaders => ({
  [failureHeaders.attempts]: String(failure.attempts),
  [failureHeaders.firstFailureAt]: failure.firstFailureAt,
  [failureHeaders.lastFailureAt]: failure.lastFailureAt,
  [failureHeaders.stage]: failure.stage,
  [failureHeaders.code]: failure.code,
  [failureHeaders.fingerprint]: failure.fingerprint,
  ...(failure.pointer !== undefined && {
    [failureHeaders.pointer]: failure.pointer.slice(0, maxPointerLength),
  }),
});

/** As they came, repeated and null ones too; a name of ours that somebody else wrote would be taken for our word. */
export const originalHeaders = ({ message }: IncomingRecord): RawHeaders =>
  Object.fromEntries(
    Object.entries(message.headers ?? {}).flatMap(([name, value]) =>
      value === undefined || ownHeaderNames.has(name) ? [] : [[name, value]],
    ),
  );
