import { Address, Contact, ContactFields, CustomFieldName, CustomFields } from '@contact-sync/domain';
import { type Static, Type } from 'typebox';

const { firstName, lastName, email, ...optional } = ContactFields.properties;

const strict = { additionalProperties: false };

/** A part that is left out is empty. */
const AddressInput = Type.Partial(Address, strict);

const writable = {
  ...{ firstName, lastName, email },
  ...Type.Partial(Type.Object(optional)).properties,
  address: Type.Optional(Type.Union([AddressInput, Type.Null()])),
};

/** A contact as a client writes it whole: what is left out is empty, what is not known here is refused. */
export const ContactInput = Type.Object({ ...writable, customFields: Type.Optional(CustomFields) }, strict);
export type ContactInput = Static<typeof ContactInput>;

const { id, source, sourceId, createdAt, updatedAt, deletedAt, version } = Contact.properties;

/** What only we write of a contact. */
export const ReadOnlyMembers = Type.Partial(
  Type.Object({ id, source, sourceId, createdAt, updatedAt, deletedAt, version }),
);

/** A contact as a client writes it over one that is there: what GET gave, changed or not. */
export const ContactReplacement = Type.Object({ ...writable, ...ReadOnlyMembers.properties }, strict);
export type ContactReplacement = Static<typeof ContactReplacement>;

const nullable = (schema: { readonly [member: string]: unknown }) =>
  Type.Union([Type.Unsafe(schema), Type.Null()]);

const patchOf = (properties: Readonly<Record<string, object>>) =>
  Object.fromEntries(
    Object.entries(properties).map(([name, schema]) => [name, Type.Optional(nullable({ ...schema }))]),
  );

/** A merge patch of a contact (RFC 7396): null empties a field, a part of the address or a custom field. */
export const ContactPatch = Type.Object(
  {
    ...patchOf(ContactFields.properties),
    address: Type.Optional(Type.Union([AddressInput, Type.Null()])),
    customFields: Type.Optional(
      Type.Union([
        Type.Record(CustomFieldName, Type.Union([Type.String(), Type.Number(), Type.Boolean(), Type.Null()])),
        Type.Null(),
      ]),
    ),
  },
  strict,
);
export type ContactPatch = Readonly<Record<string, unknown>>;
