import {
  Address,
  Contact,
  type ContactFieldName,
  ContactFields,
  CustomFieldValue,
  limits,
} from '@contact-sync/domain';
import type { TSchema } from 'typebox';
import type { ValueFamily } from './acme-path.ts';
import type { DefinitionFaultCode } from './definition-fault.ts';
import { pointerSteps } from './json-pointer.ts';

/** A place in a contact. The two times are no contact fields: the way to AcmeCRM reads them where they are known. */
export type ContactPath = {
  readonly pointer: string;
  readonly field: ContactFieldName | 'createdAt' | 'updatedAt';
  /** The step below the field: a custom field's name, or a part of the address. */
  readonly key: string | null;
  readonly family: ValueFamily;
  readonly schema: TSchema;
};

type Shape = { readonly family: ValueFamily; readonly schema: TSchema };

const families: { readonly [field: string]: ValueFamily } = {
  address: 'address',
  tags: 'tags',
  customFields: 'fields',
};

const fields: ReadonlyMap<string, Shape> = new Map<string, Shape>([
  ...Object.entries(ContactFields.properties).map(([field, schema]): [string, Shape] => [
    field,
    { family: families[field] ?? 'text', schema },
  ]),
  ['createdAt', { family: 'date', schema: Contact.properties.createdAt }],
  ['updatedAt', { family: 'date', schema: Contact.properties.updatedAt }],
]);

const addressParts: ReadonlyMap<string, TSchema> = new Map<string, TSchema>(
  Object.entries(Address.properties),
);

/** Reads a pointer into a contact; a code where it names nothing that can be mapped. */
export const contactPath = (pointer: string): ContactPath | DefinitionFaultCode => {
  const steps = pointerSteps(pointer);
  if (!steps) return 'INVALID_POINTER';
  const [name, key = null] = steps;
  const shape = fields.get(name);
  if (!shape) return 'UNKNOWN_CONTACT_FIELD';
  const field = name as ContactPath['field'];
  if (key === null) return { pointer, field, key, ...shape };
  const part = field === 'address' ? addressParts.get(key) : undefined;
  if (part) return { pointer, field, key, family: 'text', schema: part };
  if (field !== 'customFields' || key.length > limits.customFieldNameLength) return 'UNKNOWN_CONTACT_FIELD';
  return { pointer, field, key, family: 'scalar', schema: CustomFieldValue };
};

/** Whether two places are the same or one holds the other. Custom fields as a whole leave room for single ones. */
export const contactPathsOverlap = (a: ContactPath, b: ContactPath): boolean => {
  if (a.field !== b.field) return false;
  if (a.key === b.key) return true;
  return (a.key === null || b.key === null) && a.field !== 'customFields';
};
