/** Where in the path of a record it failed. */
export type FailureStage = 'decode' | 'validate' | 'map' | 'apply' | 'handle';

export type DeadLetterOutcome = {
  readonly kind: 'deadLetter';
  readonly stage: FailureStage;
  /** A stable code; domain's ErrorCode where one fits. */
  readonly code: string;
  /** Which member of the record, as a JSON pointer; never its value. */
  readonly pointer?: string;
};

export type RetryOutcome = {
  readonly kind: 'retryLater';
  readonly stage: FailureStage;
  readonly code: string;
  readonly pointer?: string;
};

/** What became of one record, as a value: worked off, never possible, or not possible now through a fault of its own. */
export type Outcome = { readonly kind: 'done'; readonly fate?: string } | DeadLetterOutcome | RetryOutcome;

type Failure = Omit<DeadLetterOutcome, 'kind'>;

/** The effect of the record is durable; `fate` is for metrics. */
export const done = (fate?: string): Outcome =>
  fate === undefined ? { kind: 'done' } : { kind: 'done', fate };

/** The record can never work. */
export const deadLetter = (failure: Failure): Outcome => ({ kind: 'deadLetter', ...failure });

/** This record failed while others do not; it may work later. A dependency that is down is thrown instead. */
export const retryLater = (failure: Failure): Outcome => ({ kind: 'retryLater', ...failure });
