import type { ContactFields } from './contact.ts';
import { customSlot, customValue, type FieldValue, plainFieldNames, sameValue } from './field-slots.ts';
import type { FieldChange } from './history.ts';
import { mergeBothWays, type Slot, type SlotRules } from './merge-slot.ts';

export type MergeInput = SlotRules & {
  /** What we hold, with the edits made here. */
  readonly local: ContactFields;
  /** What we last took, as it was mapped then, or what we sent and AcmeCRM took; null where that is not known. */
  readonly base: ContactFields | null;
  /** AcmeCRM's record that the base was taken of, under the current mapping. */
  readonly before: ContactFields | null;
  /** The new record under the current mapping. */
  readonly next: ContactFields;
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
