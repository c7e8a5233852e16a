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

export const customSlot = (key: string): string => customPrefix + key;

/** The fields that merge as one each. */
export const plainFieldNames = contactFieldNames.filter((name) => name !== 'customFields');

export const slotsOf = (fields: ContactFields): FieldSlots => {
  const slots = new Map<string, FieldValue>();
  for (const name of plainFieldNames) slots.set(name, fields[name]);
  for (const [key, value] of Object.entries(fields.customFields)) slots.set(customSlot(key), value);
  return slots;
};

export const slotOwner = (mapping: ContactMapping, slot: string): FieldOwner =>
  slot.startsWith(customPrefix)
    ? mapping.ownerOf('customFields', slot.slice(customPrefix.length))
    : mapping.ownerOf(slot as ContactFieldName);

const isSameList = (one: readonly string[], other: readonly string[]): boolean =>
  one.length === other.length && one.every((item, index) => item === other[index]);

const addressParts = Object.keys(Address.properties) as readonly (keyof Address)[];

const isList = (value: Address | readonly string[]): value is readonly string[] => Array.isArray(value);

const isSameCompound = (one: Address | readonly string[], other: Address | readonly string[]): boolean => {
  if (isList(one) || isList(other)) return isList(one) && isList(other) && isSameList(one, other);
  return addressParts.every((part) => one[part] === other[part]);
};

const isCompound = (value: FieldValue): value is Address | string[] =>
  typeof value === 'object' && value !== null;

/** Equality of JSON values; `===` first, because -0 and 0 are one number in JSON. */
export const sameValue = (one: FieldValue, other: FieldValue): boolean =>
  one === other || (isCompound(one) && isCompound(other) && isSameCompound(one, other));
