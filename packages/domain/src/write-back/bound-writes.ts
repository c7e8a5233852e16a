import type { Contact } from '../contact.ts';
import { slotValue } from '../field-slots.ts';
import type { HeldMirror } from '../mirror.ts';
import { conflictOf } from './conflicts-of.ts';
import type { ConflictField, FieldConflict } from './field-conflict.ts';
import type { PlanInput, WriteDraft, WritePlan } from './plan-write-back.ts';
import { type WriteBack, writeBounds } from './write-back.ts';

const { writesOfEdit, writesInWindow, windowMs } = writeBounds;

/** Both values of what was to be written. */
const fieldsOf = ({ slots }: WriteDraft, mirror: HeldMirror | null): ConflictField[] => {
  const theirs = mirror?.taken()?.base.fields;
  return Object.entries(slots).map(([field, ours]) => ({
    field,
    ours,
    theirs: theirs === undefined ? null : slotValue(theirs, field),
  }));
};

/**
 * The loop breaker, and the bound for one edit (design section 6, points 2 and 5): the plan that is made in the place of one
 * write too many. Null while a write is within both.
 */
export const boundWrites = (
  contact: Contact,
  draft: WriteDraft,
  { id, holding, now }: PlanInput,
  writeBack: WriteBack,
): WritePlan | null => {
  const { version } = contact;
  const conflict = (cause: 'frozen' | 'not-agreed'): FieldConflict =>
    conflictOf({
      contactId: id,
      at: now,
      cause,
      ...(holding.mirror && { sourceVersion: holding.mirror.sourceVersion }),
      fields: fieldsOf(draft, holding.mirror),
      by: String(version),
    });
  const since = new Date(Date.parse(now) - windowMs).toISOString();
  if (writeBack.recent.filter(({ at }) => at > since).length >= writesInWindow) {
    return {
      plan: { kind: 'frozen', id, version, since: now },
      writeBack: { ...writeBack, frozenSince: now },
      conflict: conflict('frozen'),
    };
  }
  if (writeBack.recent.filter((write) => write.version === version).length < writesOfEdit) return null;
  const hold = { why: 'not-taken', version } as const;
  return {
    plan: { kind: 'held', id, ...hold },
    writeBack: { ...writeBack, hold },
    conflict: conflict('not-agreed'),
  };
};
