import type { Contact } from '@contact-sync/domain';

/** A contact's record in AcmeCRM as the system last took it (`GET /contacts/{id}/acme`). */
export type AcmeView = {
  readonly sourceVersion: number;
  readonly deleted: boolean;
  readonly record: Readonly<Record<string, unknown>> | null;
};

/** The part of a history entry that a verdict needs; without a `sourceVersion` it tells of an edit made here. */
export type HistoryLine = {
  readonly sequence: number;
  readonly sourceVersion?: number;
  readonly outgoingEventId?: string;
};

/** All that the public API shows of one contact. Null where it answers 404. */
export type ContactViews = {
  readonly acme: AcmeView | null;
  readonly contact: Contact | null;
  /** Newest first, every page. */
  readonly history: readonly HistoryLine[] | null;
};
