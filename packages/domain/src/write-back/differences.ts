import type { ContactFields } from '../contact.ts';
import type { MappingProblem } from '../contact-mapping.ts';
import { type FieldValue, sameValue, slotsOf, slotValue, withSlots } from '../field-slots.ts';
import type { Taken } from '../mirror.ts';
import { joinPatches, mergePatchOf, writable } from './merge-patch.ts';
import type { TwoWayMapping } from './two-way-mapping.ts';
import type { Sent } from './write-back.ts';

type Slots = Readonly<Record<string, FieldValue>>;

/** What is to change in AcmeCRM's record, and our values of it. */
export type Differences = {
  readonly slots: Slots;
  readonly changes: Readonly<Record<string, unknown>>;
  /** Of what is to be written; then nothing can be. */
  readonly problem: MappingProblem | null;
};

const slotsOfBoth = (one: ContactFields, other: ContactFields): Set<string> =>
  new Set([...slotsOf(one), ...slotsOf(other)]);

/** Our values where they are not the base's. */
const edited = (local: ContactFields, base: ContactFields): Map<string, FieldValue> => {
  const slots = new Map<string, FieldValue>();
  for (const slot of slotsOfBoth(local, base)) {
    const ours = slotValue(local, slot);
    if (!sameValue(ours, slotValue(base, slot))) slots.set(slot, ours);
  }
  return slots;
};

/** What AcmeCRM may have: where it is not known whether it took what was sent, both that and the base before. */
const basesOf = (base: ContactFields, unsure: Sent | null): readonly ContactFields[] =>
  unsure === null ? [base] : [base, withSlots(base, unsure.slots)];

/**
 * What of a contact differs from its base, as AcmeCRM's record is to have it (design section 6, point 1): of edited fields
 * those that the mapping writes, and of the record the members that these change. A field that a write of before may have
 * changed is named even if it was set back since.
 */
export const differencesOf = (
  local: ContactFields,
  { base: { fields, residue } }: Taken,
  mapping: TwoWayMapping,
  unsure: Sent | null,
): Differences => {
  const toRecord = (contact: ContactFields) => mapping.toAcme(contact, residue);
  const slots: Record<string, FieldValue> = {};
  let changes: Record<string, unknown> = {};
  let problem: MappingProblem | null = null;
  for (const base of basesOf(fields, unsure)) {
    const before = toRecord(base);
    const known = new Set(before.problems.map(({ pointer }) => pointer));
    const written = [...edited(local, base)].filter(([slot, ours]) => {
      const alone = toRecord(withSlots(base, { [slot]: ours }));
      const isWritten = Object.keys(writable(mergePatchOf(before.record, alone.record))).length > 0;
      return isWritten || alone.problems.some(({ pointer }) => !known.has(pointer));
    });
    const after = toRecord(withSlots(base, new Map(written)));
    problem ??= after.problems.find(({ pointer }) => !known.has(pointer)) ?? null;
    for (const [slot, ours] of written) slots[slot] = ours;
    changes = joinPatches(changes, writable(mergePatchOf(before.record, after.record)));
  }
  return { slots, changes, problem };
};
