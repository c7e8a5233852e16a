/** Where in the path of a record it failed; `codec`: in a batch that cannot be read at all. */
export const failureStages = ['codec', 'decode', 'validate', 'map', 'apply', 'handle'] as const;

export type FailureStage = (typeof failureStages)[number];

/** What is wrong with one record. */
export type RecordFault = {
  readonly stage: FailureStage;
  /** A stable code; domain's ErrorCode where one fits. */
  readonly code: string;
  /** Which member of the record, as a JSON pointer; never its value. */
  readonly pointer?: string;
};

/** What became of one record, as a value: its end, that it can never work, or that it cannot now by a fault of its own. */
export type Outcome =
  | { readonly kind: 'done'; readonly fate?: string; readonly version?: number }
  | (RecordFault & { readonly kind: 'deadLetter' | 'retryLater' });

/** A batch that the other side refuses whole for what is in it; the fault is that of the record, once it is alone. */
export type BatchRefusal = { readonly refused: RecordFault };

/** The effect of the record is durable; which it was, and the version that it made, are for whoever records outcomes. */
export const done = (fate?: string, version?: number): Outcome => ({
  kind: 'done',
  ...(fate !== undefined && { fate }),
  ...(version !== undefined && { version }),
});

/** The record can never work. */
export const deadLetter = (fault: RecordFault): Outcome => ({ ...fault, kind: 'deadLetter' });

/** This record failed while others do not; it goes to a retry tier. A dependency that is down is thrown instead. */
export const retryLater = (fault: RecordFault): Outcome => ({ ...fault, kind: 'retryLater' });

/** Nothing of the batch was worked off, and coming again as it is would change nothing. */
export const refuseBatch = (fault: RecordFault): BatchRefusal => ({ refused: fault });
