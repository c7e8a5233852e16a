import { isDeepStrictEqual } from 'node:util';
import { type Static, Type } from 'typebox';
import { Address, type ContactFieldName, type ContactFields, contactFieldNames } from './contact.ts';
import type { ContactMapping, FieldOwner } from './contact-mapping.ts';

/** A value that history may name: of a field, of one custom field, or of the deleted flag; null is empty. */
export const FieldValue = Type.Union([
  Type.Null(),
  Type.String(),
  Type.Number(),
  Type.Boolean(),
  Type.Array(Type.String()),
  Address,
]);
export type FieldValue = Static<typeof FieldValue>;

/** What merges as one: each field, and each custom field under `customFields.<key>` (design rule 4). */
export type FieldSlots = ReadonlyMap<string, FieldValue>;

const customPrefix = 'customFields.';

export const slotsOf = (fields: ContactFields): FieldSlots => {
  const slots = new Map<string, FieldValue>();
  for (const name of contactFieldNames) {
    if (name !== 'customFields') slots.set(name, fields[name]);
  }
  for (const [key, value] of Object.entries(fields.customFields)) slots.set(customPrefix + key, value);
  return slots;
};

/** The way back from {@link slotsOf}; a custom field that is null is left out. */
export const fieldsOf = (slots: FieldSlots): ContactFields => {
  const fields: Record<string, FieldValue> = {};
  const custom: [string, FieldValue][] = [];
  for (const [name, value] of slots) {
    if (!name.startsWith(customPrefix)) fields[name] = value;
    else if (value !== null) custom.push([name.slice(customPrefix.length), value]);
  }
  // fromEntries makes own members only, whatever the keys are called.
  return { ...fields, customFields: Object.fromEntries(custom) } as ContactFields & typeof fields;
};

export const slotOwner = (mapping: ContactMapping, slot: string): FieldOwner =>
  slot.startsWith(customPrefix)
    ? mapping.ownerOf('customFields', slot.slice(customPrefix.length))
    : mapping.ownerOf(slot as ContactFieldName);

const isCompound = (value: FieldValue): boolean => typeof value === 'object' && value !== null;

/** Equality of JSON values; `===` first, because -0 and 0 are one number in JSON. */
export const sameValue = (one: FieldValue, other: FieldValue): boolean =>
  one === other || (isCompound(one) && isCompound(other) && isDeepStrictEqual(one, other));
