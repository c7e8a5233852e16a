import { Address, ContactFields, CustomFieldName } from '@contact-sync/domain';
import { type Static, Type } from 'typebox';

const { firstName, lastName, email, ...optional } = ContactFields.properties;

/** A contact as a client writes it whole: what is left out is empty, what is not known here is refused. */
export const ContactInput = Type.Object(
  { firstName, lastName, email, ...Type.Partial(Type.Object(optional)).properties },
  { additionalProperties: false },
);
export type ContactInput = Static<typeof ContactInput>;

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
    address: Type.Optional(
      Type.Union([Type.Object(patchOf(Address.properties), { additionalProperties: false }), Type.Null()]),
    ),
    customFields: Type.Optional(
      Type.Union([
        Type.Record(CustomFieldName, Type.Union([Type.String(), Type.Number(), Type.Boolean(), Type.Null()])),
        Type.Null(),
      ]),
    ),
  },
  { additionalProperties: false, minProperties: 1 },
);
export type ContactPatch = Readonly<Record<string, unknown>>;
