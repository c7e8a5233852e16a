import type { ContactFields } from './contact.ts';
import type { ContactMapping } from './contact-mapping.ts';
import {
  customSlot,
  customValue,
  type FieldValue,
  isEmptyValue,
  plainFieldNames,
  sameValue,
  slotOwner,
} from './field-slots.ts';
import type { FieldChange } from './history.ts';
import { isShown, type SentValues } from './write-back/sent-values.ts';

export type MergeInput = {
  /** What we hold, with the edits made here. */
  readonly local: ContactFields;
  /** What we last took, as it was mapped then, or what we sent and AcmeCRM took; null where that is not known. */
  readonly base: ContactFields | null;
  /** AcmeCRM's record that the base was taken of, under the current mapping. */
  readonly before: ContactFields | null;
  /** The new record under the current mapping. */
  readonly next: ContactFields;
  readonly mapping: ContactMapping;
  /** The slots of which the base is ours (design section 6, point 2). */
  readonly ownSlots?: readonly string[];
  /** What we sent, where it is not known yet what became of it. */
  readonly sent?: SentValues | null;
};

export type Merged = {
  readonly fields: ContactFields;
  readonly changes: readonly FieldChange[];
  /** Slots in which the next base is ours and not what AcmeCRM's record says. */
  readonly own: ReadonlyMap<string, FieldValue>;
  /** Those of the changes in which AcmeCRM did not take what was sent. */
  readonly notTaken: readonly FieldChange[];
  readonly isBase: boolean;
};

type Slot = {
  readonly field: string;
  readonly local: FieldValue;
  readonly base: FieldValue | undefined;
  readonly before: FieldValue | undefined;
  readonly next: FieldValue;
};

/** `base` is the slot's next one, where it is ours. */
type MergedSlot = {
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

const mergeBothWays = (slot: Slot, { mapping, ownSlots = [], sent }: MergeInput): MergedSlot => {
  const written = sent ? mergeSent(slot, sent) : null;
  if (written) return written;
  const { field, base, before, next } = slot;
  if (base !== undefined && ownSlots.includes(field) && !differs(before, next)) {
    return { change: kept(slot), base };
  }
  return { change: mergeSlot(slot, mapping) };
};

type CustomFields = ContactFields['customFields'];

const isSameCustom = (one: CustomFields, other: CustomFields): boolean => {
  const keys = Object.keys(one);
  return (
    keys.length === Object.keys(other).length &&
    keys.every((key) => Object.hasOwn(other, key) && one[key] === other[key])
  );
};

/** Takes slots one after the other, and notes what comes of them. */
const createTally = (input: MergeInput) => {
  const changes: FieldChange[] = [];
  const notTaken: FieldChange[] = [];
  const own = new Map<string, FieldValue>();
  let isBase = true;
  const merge = (slot: Slot): FieldValue => {
    const { change, base = slot.next, isNotTaken } = mergeBothWays(slot, input);
    if (change.lost !== undefined || !sameValue(change.from, change.to)) changes.push(change);
    if (isNotTaken) notTaken.push(change);
    if (!sameValue(base, slot.next)) own.set(slot.field, base);
    isBase &&= sameValue(change.to, base);
    return change.to;
  };
  return { merge, noted: () => ({ changes, notTaken, own, isBase }) };
};

/**
 * Design rule 4, slot by slot: what was not edited here follows AcmeCRM and the mapping; what was edited stays unless
 * AcmeCRM changed it too, and then its owner wins. Every value that changes or gives way is in `changes`. What stays is
 * the very value of `local`. `isBase` tells whether every field came to what the next base has.
 */
export const mergeFields = (input: MergeInput): Merged => {
  const { local, base, before, next } = input;
  const { merge, noted } = createTally(input);
  const mergeCustom = (): CustomFields => {
    const [here, there] = [local.customFields, next.customFields];
    if (isSameCustom(here, there)) return here;
    const keys = new Set([...Object.keys(here), ...Object.keys(there)]);
    const merged = [...keys].map((key) => {
      const [ours, theirs] = [customValue(here, key), customValue(there, key)];
      if (sameValue(ours, theirs)) return [key, ours] as const;
      const slot = {
        field: customSlot(key),
        local: ours,
        base: base?.customFields && customValue(base.customFields, key),
        before: before?.customFields && customValue(before.customFields, key),
        next: theirs,
      };
      return [key, merge(slot)] as const;
    });
    // fromEntries makes own members only, whatever the keys are called.
    return Object.fromEntries(merged.filter(([, value]) => value !== null)) as CustomFields;
  };
  const fields: Record<string, FieldValue> = {};
  for (const field of plainFieldNames) {
    const [ours, theirs] = [local[field], next[field]];
    // Most fields: whoever has changed it, there is nothing to merge.
    fields[field] = sameValue(ours, theirs)
      ? ours
      : merge({ field, local: ours, base: base?.[field], before: before?.[field], next: theirs });
  }
  const customFields = mergeCustom();
  return { fields: { ...(fields as Omit<ContactFields, 'customFields'>), customFields }, ...noted() };
};
