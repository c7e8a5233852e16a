import type { BornHere, KnownMirror, MirrorVersion } from '@contact-sync/api-contracts';
import type { SourceEvent } from '@contact-sync/domain';

/** What contact-service holds of AcmeCRM. Every method throws retryable `AppError`s alone. */
export interface MirrorReader {
  /** One answer an id, in order; 500 at most. */
  versions(acmeIds: readonly string[]): Promise<readonly MirrorVersion[]>;
  /** Each mirror that is held all the while comes at least once. */
  list(
    cursor: string | undefined,
  ): Promise<{ readonly items: readonly KnownMirror[]; readonly nextCursor?: string }>;
  /** Each live contact that was made here and lives all the while comes once. */
  bornHere(
    cursor: string | undefined,
  ): Promise<{ readonly items: readonly BornHere[]; readonly nextCursor?: string }>;
}

/** How far the writer to AcmeCRM has come. Throws retryable `AppError`s alone. */
export interface WriterProgress {
  /** It has looked at every change that was told of before; milliseconds since the epoch. */
  lookedUntil(): Promise<number>;
}

/** Sends events on the topics that AcmeCRM's webhooks come by; resolves once all are durable. */
export type PublishEvents = (events: readonly SourceEvent[]) => Promise<void>;

/** How far sweeps have come, in AcmeCRM's time. Throws retryable `AppError`s alone. */
export interface SweepMarks {
  /** RFC 3339; undefined before the first sweep was done. */
  read(): Promise<string | undefined>;
  write(mark: string): Promise<void>;
}

/** Which records a full sweep has met in AcmeCRM, for as long as it goes on. Throws retryable `AppError`s alone. */
export interface MetRecords {
  add(sweepId: string, acmeIds: readonly string[]): Promise<void>;
  /** Those that it has not met. */
  without(sweepId: string, acmeIds: readonly string[]): Promise<readonly string[]>;
  /** Those that no other page of our mirrors has claimed; a page that is repeated is given its own again. */
  claim(sweepId: string, page: string, acmeIds: readonly string[]): Promise<readonly string[]>;
  forget(sweepId: string): Promise<void>;
}

/** The brake on mass deletes, whichever way they go (design section 6, point 5). Throws retryable `AppError`s alone. */
export interface DeleteBrake {
  /** Whether that delete may go; a repeat is told the same. `causedAt` in milliseconds since the epoch. */
  admit(change: { readonly id: string; readonly causedAt: number }): Promise<boolean>;
}
