import { type Static, Type } from 'typebox';
import { AcmeVersion } from './acme-contact.ts';
import type { ContactFields } from './contact.ts';
import {
  customSlot,
  customValue,
  emptyValue,
  FieldValue,
  plainFieldNames,
  sameValue,
} from './field-slots.ts';
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

/** What differs between two states of a contact's fields; from nothing, every field that is not empty. */
export const changesBetween = (before: ContactFields | null, after: ContactFields): FieldChange[] => {
  const changes: FieldChange[] = [];
  const compare = (field: string, from: FieldValue, to: FieldValue): void => {
    if (!sameValue(from, to)) changes.push({ field, from, to });
  };
  for (const field of plainFieldNames) {
    compare(field, before === null ? emptyValue(field) : before[field], after[field]);
  }
  const [from, to] = [before?.customFields ?? {}, after.customFields];
  if (from === to) return changes;
  for (const key of new Set([...Object.keys(to), ...Object.keys(from)])) {
    compare(customSlot(key), customValue(from, key), customValue(to, key));
  }
  return changes;
};

export const deletedChange = (before: boolean, after: boolean): FieldChange[] =>
  before === after ? [] : [{ field: 'deleted', from: before, to: after }];
