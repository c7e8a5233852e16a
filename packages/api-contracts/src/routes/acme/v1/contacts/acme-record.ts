import {
  AcmeContact,
  AcmeId,
  AcmeVersion,
  CustomFieldName,
  CustomFieldValue,
  limits,
} from '@contact-sync/domain';
import { type Static, Type } from 'typebox';

const ExternalId = Type.Optional(
  Type.String({
    minLength: 1,
    maxLength: limits.idLength,
    description: "The id of the contact in the system that made it; unique among all of AcmeCRM's",
  }),
);

/** A contact as AcmeCRM answers it. */
export const AcmeRecord = Type.Object(
  { ...AcmeContact.properties, acme_external_id: ExternalId },
  { additionalProperties: true },
);
export type AcmeRecord = Static<typeof AcmeRecord>;

/** What the list says of a deleted contact. */
export const AcmeDeleted = Type.Object({
  id: AcmeId,
  acme_version: AcmeVersion,
  acme_deleted: Type.Literal(true),
});
export type AcmeDeleted = Static<typeof AcmeDeleted>;

const { id, acme_version, acme_created_at, acme_updated_at, ...given } = AcmeContact.properties;

/** What a caller writes of a new contact. Id, version and times are AcmeCRM's to give, whatever is sent for them. */
export const AcmeNewContact = Type.Object({ ...given, acme_external_id: ExternalId });
export type AcmeNewContact = Static<typeof AcmeNewContact>;

const { acme_custom_fields, ...plain } = given;

/** A merge patch: null empties a member, or one custom field. */
export const AcmePatch = Type.Partial(
  Type.Object({
    ...plain,
    acme_custom_fields: Type.Union([
      Type.Record(CustomFieldName, Type.Union([CustomFieldValue, Type.Null()])),
      Type.Null(),
    ]),
  }),
);
export type AcmePatch = Static<typeof AcmePatch>;

/** Why AcmeCRM does not do it, in its own words. */
export const AcmeRefusal = Type.Object({
  error: Type.Enum(['version_conflict', 'contact_deleted', 'external_id_taken']),
  id: AcmeId,
  acme_version: AcmeVersion,
});
export type AcmeRefusal = Static<typeof AcmeRefusal>;

export const acmeParams = Type.Object({ id: AcmeId });

/** Every route takes the key that AcmeCRM gave to its customer. */
export const apiKeyHeader = {
  authorization: Type.Optional(Type.String({ maxLength: 1_024, description: '`Bearer` and the API key' })),
};

export const ifMatchHeader = {
  'if-match': Type.Optional(
    Type.String({ maxLength: 64, description: '`"<acme_version>"`: 412 where it is not the present one' }),
  ),
};

export const etagHeader = { etag: { description: '`"<acme_version>"`' } } as const;

export const acmeBodyBytes = 1_048_576;
