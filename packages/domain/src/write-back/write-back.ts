import type { FieldValue } from '../field-slots.ts';
import type { WriteHeld } from './planned-write.ts';

/** A write as it went to AcmeCRM, kept until it is known what became of it (design section 6). */
export type Sent = {
  readonly writeId: string;
  readonly kind: 'create' | 'patch' | 'delete';
  /**
   * `under-way`: it may be on its way until {@link Sent.until}. `lost`: no answer came, and it is made once more as it was.
   * `unsure`: it is not made again, and may have been done by a try of before.
   */
  readonly state: 'under-way' | 'lost' | 'unsure';
  /** It was given more than once, so a try before the last may have been done. */
  readonly isAgain?: true;
  /** It is known to have changed nothing, so the last writes have no entry of it. */
  readonly isUncounted?: true;
  /** ISO 8601, UTC; who plans after it gives the same write again. */
  readonly until: string;
  /** The version of our contact that it stands for. */
  readonly version: number;
  /** The version of the record that it was made on; null for a create. */
  readonly ifVersion: number | null;
  /** In AcmeCRM's form: the record of a create, or what a patch changes. */
  readonly members: Readonly<Record<string, unknown>>;
  /** Our values then, by slot, of what it writes. */
  readonly slots: Readonly<Record<string, FieldValue>>;
};

/** Why nothing is written; `version` is that of the contact for which it holds. */
export type WriteHold = {
  readonly why: WriteHeld;
  readonly version: number;
  readonly code?: string;
  readonly pointer?: string;
};

/** What is known of our writes of one contact to AcmeCRM. Plain JSON, `revision` aside. */
export type WriteBack = {
  readonly sent: Sent | null;
  /** The last writes, oldest first, each with the version of the contact that it stood for. */
  readonly recent: readonly { readonly at: string; readonly version: number }[];
  readonly hold: WriteHold | null;
  /** Since when the loop breaker has frozen it, ISO 8601. */
  readonly frozenSince: string | null;
  /** Of what is stored of AcmeCRM about the contact, which need not be a mirror yet: what a store compares before it writes. */
  readonly revision: number;
};

export const noWriteBack: WriteBack = {
  sent: null,
  recent: [],
  hold: null,
  frozenSince: null,
  revision: 0,
};

/** With nothing sent any more. */
export const withoutSent = (writeBack: WriteBack): WriteBack => ({ ...writeBack, sent: null });

/** Where what was sent is known to have changed nothing, it is no round of a loop. */
export const uncounted = (writeBack: WriteBack): WriteBack => {
  const { sent, recent } = writeBack;
  if (sent === null || sent.isUncounted) return writeBack;
  return { ...writeBack, sent: { ...sent, isUncounted: true }, recent: recent.slice(0, -1) };
};

/** When the loop breaker and the bound for one edit act (design section 6, points 2 and 5). */
export const writeBounds = { writesOfEdit: 3, writesInWindow: 6, windowMs: 5 * 60_000 } as const;
