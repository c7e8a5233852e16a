import { Address, Contact, ContactFields, CustomFieldName, CustomFields } from '@contact-sync/domain';
import { type Static, type TSchema, Type } from 'typebox';

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

/** The fields that hold one value: each may be changed by itself, and null empties it. */
type PatchOf<Fields> = { [Name in keyof Fields]?: Fields[Name] | null };

const orNull = (schemas: Readonly<Record<string, TSchema>>) =>
  Object.fromEntries(
    Object.entries(schemas).map(([name, schema]) => [name, Type.Optional(Type.Union([schema, Type.Null()]))]),
  );

const customFieldsPatch = Type.Record(
  CustomFieldName,
  Type.Union([Type.String(), Type.Number(), Type.Boolean(), Type.Null()]),
);

/** A merge patch of a contact (RFC 7396): null empties a field, a part of the address or a custom field. */
export const ContactPatch = Type.Unsafe<ContactPatch>(
  Type.Object(
    orNull({ ...ContactFields.properties, address: AddressInput, customFields: customFieldsPatch }),
    strict,
  ),
);
export type ContactPatch = PatchOf<Omit<Static<typeof ContactFields>, 'address' | 'customFields'>> & {
  address?: PatchOf<Static<typeof Address>> | null;
  customFields?: Record<string, string | number | boolean | null> | null;
};
