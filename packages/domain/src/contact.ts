import { type Static, Type } from 'typebox';
import { CustomFieldName, CustomFieldValue, EmailAddress } from './acme-contact.ts';
import { limits } from './limits.ts';

const nullable = (maxLength: number) => Type.Union([Type.String({ maxLength }), Type.Null()]);

/** A postal address in parts. An address that could not be parsed stands whole in `street`. */
export const Address = Type.Object(
  {
    street: nullable(limits.addressLength),
    city: nullable(limits.addressLength),
    state: nullable(limits.addressLength),
    zipCode: nullable(limits.addressLength),
    country: nullable(limits.addressLength),
  },
  { additionalProperties: false },
);
export type Address = Static<typeof Address>;

export const ContactStatus = Type.Union([
  Type.Literal('active'),
  Type.Literal('inactive'),
  Type.Literal('lead'),
]);
export type ContactStatus = Static<typeof ContactStatus>;

/**
 * The fields of a contact that a person or AcmeCRM may change (design section 2). Every member is always present: an
 * empty one is null, an empty list or an empty object.
 */
export const ContactFields = Type.Object(
  {
    firstName: Type.String({ minLength: 1, maxLength: limits.nameLength }),
    lastName: Type.String({ minLength: 1, maxLength: limits.nameLength }),
    email: EmailAddress,
    phone: nullable(limits.phoneLength),
    company: nullable(limits.companyLength),
    title: nullable(limits.titleLength),
    notes: nullable(limits.notesLength),
    address: Type.Union([Address, Type.Null()]),
    status: Type.Union([ContactStatus, Type.Null()]),
    tags: Type.Array(Type.String({ maxLength: limits.tagLength }), { maxItems: limits.tags }),
    // A merge may make more of two sides than either may write, so it has no count here.
    customFields: Type.Record(CustomFieldName, CustomFieldValue, { additionalProperties: false }),
  },
  { additionalProperties: false },
);
export type ContactFields = Static<typeof ContactFields>;
export type ContactFieldName = keyof ContactFields;

/** The fields that need not be filled in, all of them empty. Frozen. */
export const emptyContactFields = Object.freeze({
  phone: null,
  company: null,
  title: null,
  notes: null,
  address: null,
  status: null,
  tags: [],
  customFields: {},
} satisfies Partial<ContactFields>);

export const contactFieldNames = Object.keys(ContactFields.properties) as readonly ContactFieldName[];

export const ContactSource = Type.Union([Type.Literal('acmecrm'), Type.Literal('api')]);
export type ContactSource = Static<typeof ContactSource>;

/** A contact as we hold and serve it. `version` is ours and is never compared with AcmeCRM's (design rule 3). */
export const Contact = Type.Object(
  {
    id: Type.String({ format: 'uuid' }),
    ...ContactFields.properties,
    source: ContactSource,
    sourceId: Type.Union([Type.String(), Type.Null()]),
    createdAt: Type.String({ format: 'date-time' }),
    updatedAt: Type.String({ format: 'date-time' }),
    deletedAt: Type.Optional(Type.String({ format: 'date-time' })),
    version: Type.Integer({ minimum: 1 }),
  },
  { additionalProperties: false },
);
export type Contact = Static<typeof Contact>;

/** The fields alone, without what we keep about the contact: what a merge patch applies to. */
export const fieldsOfContact = (contact: Contact): ContactFields => {
  const fields: Partial<Record<ContactFieldName, unknown>> = {};
  for (const name of contactFieldNames) fields[name] = contact[name];
  return fields as ContactFields;
};
