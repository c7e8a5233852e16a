/** Where in the path of a record it failed; `codec`: in a batch that cannot be read at all. */
export type FailureStage = 'codec' | 'decode' | 'validate' | 'map' | 'apply' | 'handle';

/** What is wrong with one record. */
export type RecordFault = {
  readonly stage: FailureStage;
  /** A stable code; domain's ErrorCode where one fits. */
  readonly code: string;
  /** Which member of the record, as a JSON pointer; never its value. */
  readonly pointer?: string;
};

export type DeadLetterOutcome = RecordFault & { readonly kind: 'deadLetter' };

export type RetryOutcome = RecordFault & { readonly kind: 'retryLater' };

/** The end of a record: worked off, or never possible. */
export type SettledOutcome = { readonly kind: 'done'; readonly fate?: string } | DeadLetterOutcome;

/** What became of one record, as a value: its end, or that it is not possible now through a fault of its own. */
export type Outcome = SettledOutcome | RetryOutcome;

/** A batch that the other side refuses whole for what is in it; the fault is that of the record, once it is alone. */
export type BatchRefusal = { readonly refused: RecordFault };

/** The effect of the record is durable; `fate` is for metrics. */
export const done = (fate?: string): Outcome =>
  fate === undefined ? { kind: 'done' } : { kind: 'done', fate };

/** The record can never work. */
export const deadLetter = (fault: RecordFault): Outcome => ({ kind: 'deadLetter', ...fault });

/** This record failed while others do not; it may work later. A dependency that is down is thrown instead. */
export const retryLater = (fault: RecordFault): Outcome => ({ kind: 'retryLater', ...fault });

/** Nothing of the batch was worked off, and coming again as it is would change nothing. */
export const refuseBatch = (fault: RecordFault): BatchRefusal => ({ refused: fault });
