import type { ContactFields } from './contact.ts';
import type { ContactMapping } from './contact-mapping.ts';
import {
  customSlot,
  customValue,
  type FieldValue,
  plainFieldNames,
  sameValue,
  slotOwner,
} from './field-slots.ts';
import type { FieldChange } from './history.ts';

export type MergeInput = {
  /** What we hold, with the edits made here. */
  readonly local: ContactFields;
  /** What we last took, as it was mapped then; null where that is not known. */
  readonly base: ContactFields | null;
  /** The same record as `base`, under the current mapping. */
  readonly before: ContactFields | null;
  /** The new record under the current mapping. */
  readonly next: ContactFields;
  readonly mapping: ContactMapping;
};

export type Merged = {
  readonly fields: ContactFields;
  readonly changes: readonly FieldChange[];
  readonly isNext: boolean;
};

type Slot = {
  readonly field: string;
  readonly local: FieldValue;
  readonly base: FieldValue | undefined;
  readonly before: FieldValue | undefined;
  readonly next: FieldValue;
};

/** Undefined, where a value is not known, is no value. */
const differs = (known: FieldValue | undefined, value: FieldValue): boolean =>
  known === undefined || !sameValue(known, value);

/** What a slot whose two sides differ comes to. */
const mergeSlot = ({ field, local, base, before, next }: Slot, mapping: ContactMapping): FieldChange => {
  if (!differs(base, local)) return { field, from: local, to: next };
  if (!differs(before, next)) return { field, from: local, to: local };
  return slotOwner(mapping, field) === 'acmecrm'
    ? { field, from: local, to: next, lost: local }
    : { field, from: local, to: local, lost: next };
};

type CustomFields = ContactFields['customFields'];

const isSameCustom = (one: CustomFields, other: CustomFields): boolean => {
  const keys = Object.keys(one);
  return (
    keys.length === Object.keys(other).length &&
    keys.every((key) => Object.hasOwn(other, key) && one[key] === other[key])
  );
};

/**
 * Design rule 4, slot by slot: what was not edited here follows AcmeCRM and the mapping; what was edited stays unless
 * AcmeCRM changed it too, and then its owner wins. Every value that changes or gives way is in `changes`. What stays is
 * the very value of `local`. `isNext` tells whether every field came to what AcmeCRM has.
 */
export const mergeFields = ({ local, base, before, next, mapping }: MergeInput): Merged => {
  const changes: FieldChange[] = [];
  let isNext = true;
  const merge = (slot: Slot): FieldValue => {
    const change = mergeSlot(slot, mapping);
    if (change.lost !== undefined || !sameValue(change.from, change.to)) changes.push(change);
    isNext &&= sameValue(change.to, slot.next);
    return change.to;
  };
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
  return { fields: { ...(fields as Omit<ContactFields, 'customFields'>), customFields }, changes, isNext };
};
