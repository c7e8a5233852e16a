import { hash } from 'node:crypto';
import { deadLetterTopic } from '../contracts/topic-names.ts';
import type { RawRecord } from '../producer/outgoing.ts';
import { type IncomingRecord, originHeaders } from './consumed-record.ts';
import type { FailureStage } from './outcome.ts';

/** A failure with its history, as a dead letter's headers tell it. */
export type Failure = {
  readonly stage: FailureStage;
  readonly code: string;
  readonly pointer?: string;
  readonly attempts: number;
  /** RFC 3339. */
  readonly firstFailureAt: string;
  readonly lastFailureAt: string;
};

/** Names of the headers that tell why a record is a dead letter. */
export const failureHeaders = {
  attempts: 'x-attempts',
  firstFailureAt: 'x-first-failure-at',
  lastFailureAt: 'x-last-failure-at',
  stage: 'x-stage',
  code: 'x-code',
  pointer: 'x-pointer',
  fingerprint: 'x-fingerprint',
} as const;

/** The same for all failures of one cause, whatever the record: 16 hex digits. */
export const fingerprintOf = ({
  stage,
  code,
  pointer,
}: Pick<Failure, 'stage' | 'code' | 'pointer'>): string =>
  // Places in lists and names of custom fields differ from record to record.
  hash('sha256', [stage, code, pointer?.replaceAll(/\/\d+/g, '/*') ?? ''].join('\n')).slice(0, 16);

const originalHeaders = ({ message }: IncomingRecord): Record<string, string | Buffer> =>
  Object.fromEntries(
    Object.entries(message.headers ?? {}).flatMap(([name, value]) => {
      const last = Array.isArray(value) ? value.at(-1) : value;
      return last === undefined ? [] : [[name, last]];
    }),
  );

/** The record with its bytes, key and headers as they came, addressed to its topic's dead letters. */
export const deadLetterRecord = (record: IncomingRecord, failure: Failure): RawRecord => ({
  topic: deadLetterTopic(record.origin.topic),
  key: record.message.key,
  value: record.message.value,
  headers: {
    ...originalHeaders(record),
    [originHeaders.topic]: record.origin.topic,
    [originHeaders.partition]: String(record.origin.partition),
    [originHeaders.offset]: record.origin.offset,
    [originHeaders.timestamp]: String(record.origin.timestamp),
    [failureHeaders.attempts]: String(failure.attempts),
    [failureHeaders.firstFailureAt]: failure.firstFailureAt,
    [failureHeaders.lastFailureAt]: failure.lastFailureAt,
    [failureHeaders.stage]: failure.stage,
    [failureHeaders.code]: failure.code,
    [failureHeaders.fingerprint]: fingerprintOf(failure),
    ...(failure.pointer === undefined ? {} : { [failureHeaders.pointer]: failure.pointer }),
  },
});
