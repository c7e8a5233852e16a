import type { ContactFields } from './contact.ts';
import type { ContactMapping, FieldOwner } from './contact-mapping.ts';
import { type FieldSlots, type FieldValue, fieldsOf, sameValue, slotOwner, slotsOf } from './field-slots.ts';
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

type Slot = {
  readonly local: FieldValue;
  readonly next: FieldValue;
  readonly edited: boolean;
  readonly changed: boolean;
  readonly owner: () => FieldOwner;
};

const mergeSlot = ({ local, next, edited, changed, owner }: Slot): Omit<FieldChange, 'field'> => {
  if (!edited) return { from: local, to: next };
  if (!changed || sameValue(local, next)) return { from: local, to: local };
  return owner() === 'acmecrm'
    ? { from: local, to: next, lost: local }
    : { from: local, to: local, lost: next };
};

const differs = (known: FieldSlots | null, name: string, value: FieldValue): boolean =>
  known === null || !sameValue(known.get(name) ?? null, value);

/**
 * Design rule 4, slot by slot: what was not edited here follows AcmeCRM and the mapping; what was edited stays unless
 * AcmeCRM changed it too, and then its owner wins. Every value that changes or gives way is in `changes`.
 */
export const mergeFields = (
  input: MergeInput,
): { readonly fields: ContactFields; readonly changes: readonly FieldChange[] } => {
  const local = slotsOf(input.local);
  const next = slotsOf(input.next);
  const base = input.base && slotsOf(input.base);
  const before = input.before && slotsOf(input.before);
  const all = [...new Set([...local.keys(), ...next.keys()])].map((field): FieldChange => {
    const [here, there] = [local.get(field) ?? null, next.get(field) ?? null];
    const merged = mergeSlot({
      local: here,
      next: there,
      edited: differs(base, field, here),
      changed: differs(before, field, there),
      owner: () => slotOwner(input.mapping, field),
    });
    return { field, ...merged };
  });
  return {
    fields: fieldsOf(new Map(all.map(({ field, to }) => [field, to]))),
    changes: all.filter(({ from, to, lost }) => lost !== undefined || !sameValue(from, to)),
  };
};
