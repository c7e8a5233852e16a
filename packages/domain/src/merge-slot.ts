import type { ContactMapping } from './contact-mapping.ts';
import { type FieldValue, isEmptyValue, sameValue, slotOwner } from './field-slots.ts';
import type { FieldChange } from './history.ts';
import { isShown, type SentValues } from './write-back/sent-values.ts';

/** A slot in which the two sides differ; what is undefined is not known. */
export type Slot = {
  readonly field: string;
  readonly local: FieldValue;
  readonly base: FieldValue | undefined;
  readonly before: FieldValue | undefined;
  readonly next: FieldValue;
};

/** What a slot comes to; `base` is the slot's next one, where it is ours. */
export type MergedSlot = {
  readonly change: FieldChange;
  readonly base?: FieldValue;
  readonly isNotTaken?: true;
};

/** Undefined, where a value is not known, is no value. */
const differs = (known: FieldValue | undefined, value: FieldValue): boolean =>
  known === undefined || !sameValue(known, value);

const kept = ({ field, local }: Slot): FieldChange => ({ field, from: local, to: local });

/** What a slot whose two sides differ comes to. */
const mergeSlot = (slot: Slot, mapping: ContactMapping): FieldChange => {
  const { field, local, base, before, next } = slot;
  if (!differs(base, local)) return { field, from: local, to: next };
  if (!differs(before, next)) return kept(slot);
  return slotOwner(mapping, field) === 'acmecrm'
    ? { field, from: local, to: next, lost: local }
    : { ...kept(slot), lost: next };
};

/**
 * What a slot that we wrote comes to (design section 6, point 2): one that shows what was sent is changed by nobody, and our
 * value of then is its base. One that AcmeCRM answers otherwise is AcmeCRM's, unless it has been edited here since.
 */
const mergeSent = (slot: Slot, sent: SentValues): MergedSlot | null => {
  const { field, local, next } = slot;
  const ours = sent.slots[field];
  if (ours === undefined) return null;
  if (isShown(sent, field, next)) return { change: kept(slot), base: ours };
  if (!sent.isAnswer) return null;
  if (!sameValue(local, ours)) return { change: kept(slot) };
  const change = { field, from: local, to: next };
  return isEmptyValue(local) ? { change } : { change: { ...change, lost: local }, isNotTaken: true };
};

/** What a slot is merged by. */
export type SlotRules = {
  readonly mapping: ContactMapping;
  /** The slots of which the base is ours (design section 6, point 2). */
  readonly ownSlots?: readonly string[];
  /** What we sent, where it is not known yet what became of it. */
  readonly sent?: SentValues | null;
};

/** What a slot comes to by what was sent, by a base that is ours, and else by design rule 4. */
export const mergeBothWays = (slot: Slot, { mapping, ownSlots = [], sent }: SlotRules): MergedSlot => {
  const written = sent ? mergeSent(slot, sent) : null;
  if (written) return written;
  const { field, base, before, next } = slot;
  if (base !== undefined && ownSlots.includes(field) && !differs(before, next)) {
    return { change: kept(slot), base };
  }
  return { change: mergeSlot(slot, mapping) };
};
