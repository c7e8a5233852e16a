import type { Holding } from '../stub-of.ts';
import { conflictOf } from './conflicts-of.ts';
import type { FieldConflict } from './field-conflict.ts';
import { type Sent, uncounted, type WriteBack, type WriteHold } from './write-back.ts';
import type { WriteOutcome } from './write-outcome.ts';

/** What is to be stored of an outcome; null where no such write is to be settled any more. */
export type Settlement = { readonly writeBack: WriteBack; readonly conflict?: FieldConflict } | null;

const heldFor = ({ version }: Sent, outcome: WriteOutcome): WriteHold | null => {
  switch (outcome.outcome) {
    case 'refused':
    case 'given-up': {
      const { outcome: why, code, pointer } = outcome;
      return { why, version, code, ...(pointer !== undefined && { pointer }) };
    }
    case 'not-found':
      return { why: 'not-found', version };
    default:
      return null;
  }
};

/** What is remembered of a write: one that may have been done by some try is known again when it is heard. */
const rememberedOf = (sent: Sent, { outcome }: WriteOutcome): Sent | null => {
  switch (outcome) {
    case 'lost':
      return { ...sent, state: 'lost' };
    case 'stale':
    case 'given-up':
      return { ...sent, state: 'unsure' };
    case 'not-sent':
      return sent.isAgain ? { ...sent, state: 'unsure' } : null;
    default:
      return null;
  }
};

/** Whether the last try was not done, and none before it can have been (design section 6, point 3). */
const wroteNothing = ({ isAgain }: Sent, { outcome }: WriteOutcome): boolean =>
  outcome === 'not-sent' || (outcome === 'stale' && !isAgain);

/** How a write ended that AcmeCRM did not answer with a record (ADR 51). Pure and total. */
export const settleWrite = (
  { mirror, writeBack }: Holding,
  outcome: WriteOutcome,
  now: string,
): Settlement => {
  const sent = writeBack?.sent ?? null;
  if (!writeBack || sent === null || sent.writeId !== outcome.writeId) return null;
  const known = wroteNothing(sent, outcome) ? uncounted(writeBack) : writeBack;
  const settled = {
    ...known,
    sent: rememberedOf(known.sent ?? sent, outcome),
    hold: heldFor(sent, outcome) ?? writeBack.hold,
  };
  if (outcome.outcome !== 'not-found') return { writeBack: settled };
  const conflict = conflictOf({
    contactId: outcome.id,
    at: now,
    cause: 'not-found',
    ...(mirror && { sourceVersion: mirror.sourceVersion }),
    fields: [],
    by: sent.writeId,
  });
  return { writeBack: settled, conflict };
};
