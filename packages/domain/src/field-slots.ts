import { type Static, Type } from 'typebox';
import {
  Address,
  type ContactFieldName,
  type ContactFields,
  contactFieldNames,
  emptyContactFields,
} from './contact.ts';
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

const customPrefix = 'customFields.';

type CustomFields = ContactFields['customFields'];

/*
 * What merges as one, and what history names, is a slot: each field, and each custom field under `customFields.<key>`
 * (design rule 4).
 */

export const customSlot = (key: string): string => customPrefix + key;

/** The slots that are fields by themselves. */
export const plainFieldNames = contactFieldNames.filter((name) => name !== 'customFields');

/** Null where there is none, whatever the key is called. */
export const customValue = (fields: ContactFields['customFields'], key: string): FieldValue =>
  Object.hasOwn(fields, key) ? (fields[key] ?? null) : null;

/** What stands in a field that is empty. */
export const emptyValue = (field: Exclude<ContactFieldName, 'customFields'>): FieldValue =>
  field === 'tags' ? emptyContactFields.tags : null;

const keyOf = (slot: string): string => slot.slice(customPrefix.length);

/** What stands in a slot; null where nothing does. */
export const slotValue = (fields: ContactFields, slot: string): FieldValue =>
  slot.startsWith(customPrefix)
    ? customValue(fields.customFields, keyOf(slot))
    : fields[slot as Exclude<ContactFieldName, 'customFields'>];

/** Every slot in which something stands, and those of the fields that are empty. */
export const slotsOf = (fields: ContactFields): string[] => [
  ...plainFieldNames,
  ...Object.keys(fields.customFields).map(customSlot),
];

/** The fields with other values in some slots; a custom field that is null is none. */
export const withSlots = (
  fields: ContactFields,
  values: Readonly<Record<string, FieldValue>> | ReadonlyMap<string, FieldValue>,
): ContactFields => {
  const entries = values instanceof Map ? [...values] : Object.entries(values);
  const plain = entries.filter(([slot]) => !slot.startsWith(customPrefix));
  const custom = new Map<string, FieldValue>(Object.entries(fields.customFields));
  for (const [slot, value] of entries) if (slot.startsWith(customPrefix)) custom.set(keyOf(slot), value);
  // fromEntries makes own members only, whatever the keys are called.
  return {
    ...fields,
    ...Object.fromEntries(plain),
    customFields: Object.fromEntries([...custom].filter(([, value]) => value !== null)) as CustomFields,
  };
};

/** Whether nothing stands there. */
export const isEmptyValue = (value: FieldValue): boolean =>
  value === null || (Array.isArray(value) && value.length === 0);

export const slotOwner = (mapping: ContactMapping, slot: string): FieldOwner =>
  slot.startsWith(customPrefix)
    ? mapping.ownerOf('customFields', keyOf(slot))
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
