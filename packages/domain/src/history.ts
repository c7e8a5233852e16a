import { type Static, Type } from 'typebox';
import { AcmeVersion } from './acme-contact.ts';
import type { ContactFields } from './contact.ts';
import { type FieldSlots, FieldValue, sameValue, slotsOf } from './field-slots.ts';
import { EventId } from './webhook-event.ts';

/**
 * One field's part in a history entry. `field` is a field's name, `customFields.<key>` or `deleted`. `lost` stands
 * only where both sides had changed the field: it is the value that gave way. An owner that kept its value shows as
 * `from` equal to `to`.
 */
export const FieldChange = Type.Object({
  field: Type.String(),
  from: FieldValue,
  to: FieldValue,
  lost: Type.Optional(FieldValue),
});
export type FieldChange = Static<typeof FieldChange>;

const draft = {
  at: Type.String({ format: 'date-time' }),
  /** `acmecrm`, `remap` for a changed mapping, or who called our API. */
  by: Type.String(),
  sourceVersion: Type.Optional(AcmeVersion),
  sourceEventId: Type.Optional(EventId),
  /** The version of our contact that this made; absent where the contact stayed as it was. */
  version: Type.Optional(Type.Integer({ minimum: 1 })),
  outgoingEventId: Type.Optional(Type.String({ format: 'uuid' })),
  mappingId: Type.Optional(Type.String()),
  changes: Type.Array(FieldChange),
};

/** An entry before the store has given it its `sequence`. */
export const HistoryDraft = Type.Object(draft);
export type HistoryDraft = Static<typeof HistoryDraft>;

/** What happened to a contact, once (contracts.md). `sequence` rises by one and survives trimming. */
export const HistoryEntry = Type.Object({ sequence: Type.Integer({ minimum: 1 }), ...draft });
export type HistoryEntry = Static<typeof HistoryEntry>;

const noSlots: FieldSlots = new Map([['tags', []]]);

/** What differs between two states of a contact's fields; from nothing, every field that is not empty. */
export const changesBetween = (before: ContactFields | null, after: ContactFields): FieldChange[] => {
  const from = before === null ? noSlots : slotsOf(before);
  const to = slotsOf(after);
  return [...new Set([...to.keys(), ...from.keys()])].flatMap((field) => {
    const change = { field, from: from.get(field) ?? null, to: to.get(field) ?? null };
    return sameValue(change.from, change.to) ? [] : [change];
  });
};

export const deletedChange = (before: boolean, after: boolean): FieldChange[] =>
  before === after ? [] : [{ field: 'deleted', from: before, to: after }];
