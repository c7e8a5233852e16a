import type { ContactChange } from './contact-change.ts';
import type { ErrorCode } from './error-codes.ts';
import type { Fate } from './fate.ts';
import type { HistoryDraft } from './history.ts';
import type { NextMirror } from './mirror.ts';
import type { FieldConflict } from './write-back/field-conflict.ts';
import type { WriteBack } from './write-back/write-back.ts';

/** An event that cannot be applied as it is; nothing is written. One that never can has its way to the dead letters. */
export type EventFault = {
  readonly kind: 'fault';
  readonly code: Extract<
    ErrorCode,
    'VERSION_CONFLICT' | 'MAPPING_FAILED' | 'INVALID_EVENT' | 'LINK_CONFLICT' | 'WRITE_UNDER_WAY'
  >;
  /** For WRITE_UNDER_WAY alone: within the lease of that write the answer is known. */
  readonly retryable: boolean;
  /** JSON pointer into the event. */
  readonly pointer?: string;
};

/** Nothing to write: the event was here before, with the fate of then, or its contact is erased and blocked. */
export type RecordedDecision = {
  readonly kind: 'recorded';
  readonly fate: Fate;
  readonly version?: number;
};

/** What is known of our writes from then on; absent where that stays. */
type OfWriteBack = { readonly writeBack?: WriteBack };

/** The mirror takes note; contact, history and outbox stay as they are. */
export type NotedDecision = {
  readonly kind: 'noted';
  readonly fate: Exclude<Fate, 'applied'>;
  readonly mirror: NextMirror;
} & OfWriteBack;

/** The event is taken: one history entry always, a new version with its one outgoing event only on a change. */
export type AppliedDecision = {
  readonly kind: 'applied';
  readonly fate: 'applied';
  readonly mirror: NextMirror;
  readonly history: HistoryDraft;
  /** Null where the contact stays as it is, or there is none (a delete of an unknown contact). */
  readonly change: ContactChange | null;
  /** Absent where there are none. */
  readonly conflicts?: readonly FieldConflict[];
} & OfWriteBack;

/** What an event comes to. Everything that a kind carries is written in one step, or nothing is. */
export type Decision = RecordedDecision | NotedDecision | AppliedDecision | EventFault;
