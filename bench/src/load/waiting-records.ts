import {
  acmeContactUpdated,
  failureHeaders,
  fingerprintOf,
  originHeaders,
  type RetryTier,
  retryHeaders,
} from '@contact-sync/kafka';
import type { Message } from 'kafkajs';

export type DueTimes = {
  readonly count: number;
  /** How long a record waits on the tier. */
  readonly waitMs: number;
  /** Milliseconds since the epoch. */
  readonly from: number;
  /** When all that still wait become due, so that the tier can be emptied. */
  readonly until: number;
};

/** When the records of a full tier are due, in order: as if they had come to it evenly over the time that it waits. */
export const dueTimes = ({ count, waitMs, from, until }: DueTimes): number[] =>
  Array.from({ length: count }, (_, index) => Math.min(until, from + Math.round((index * waitMs) / count)));

type Failed = {
  readonly record: { readonly key: string; readonly value: Buffer };
  readonly dueAt: number;
  /** Where it stood on its topic. */
  readonly offset: number;
};

const failure = { stage: 'apply', code: 'CONFLICT' } as const;

/** An update as event-worker writes it to a tier after it has failed as often as that takes. */
export const waitingRecord = ({ record, dueAt, offset }: Failed, tier: RetryTier, tries: number): Message => {
  const failedAt = dueAt - tier.waitMs;
  const time = new Date(failedAt).toISOString();
  return {
    ...record,
    headers: {
      [originHeaders.topic]: acmeContactUpdated.topic,
      [originHeaders.partition]: '0',
      [originHeaders.offset]: String(offset),
      [originHeaders.timestamp]: String(failedAt),
      [failureHeaders.attempts]: String(tries),
      [failureHeaders.firstFailureAt]: time,
      [failureHeaders.lastFailureAt]: time,
      [failureHeaders.stage]: failure.stage,
      [failureHeaders.code]: failure.code,
      [failureHeaders.fingerprint]: fingerprintOf(failure),
      [retryHeaders.dueAt]: String(dueAt),
    },
  };
};
