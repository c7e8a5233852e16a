import type { ContactChange } from './contact-change.ts';
import type { ErrorCode } from './error-codes.ts';
import type { Fate } from './fate.ts';
import type { HistoryDraft } from './history.ts';
import type { NextMirror } from './mirror.ts';

/** An event that can never be applied as it is; nothing is written, its way is a dead letter. */
export type EventFault = {
  readonly kind: 'fault';
  readonly code: Extract<ErrorCode, 'VERSION_CONFLICT' | 'MAPPING_FAILED' | 'INVALID_EVENT'>;
  readonly retryable: false;
  /** JSON pointer into the event. */
  readonly pointer?: string;
};

/** Nothing to write: the event was here before, with the fate of then, or its contact is erased and blocked. */
export type RecordedDecision = {
  readonly kind: 'recorded';
  readonly fate: Fate;
  readonly version?: number;
};

/** The mirror takes note; contact, history and outbox stay as they are. */
export type NotedDecision = {
  readonly kind: 'noted';
  readonly fate: Exclude<Fate, 'applied'>;
  readonly mirror: NextMirror;
};

/** The event is taken: one history entry always, a new version with its one outgoing event only on a change. */
export type AppliedDecision = {
  readonly kind: 'applied';
  readonly fate: 'applied';
  readonly mirror: NextMirror;
  readonly history: HistoryDraft;
  /** Null where the contact stays as it is, or there is none (a delete of an unknown contact). */
  readonly change: ContactChange | null;
};

/** What an event comes to. Everything that a kind carries is written in one step, or nothing is. */
export type Decision = RecordedDecision | NotedDecision | AppliedDecision | EventFault;
