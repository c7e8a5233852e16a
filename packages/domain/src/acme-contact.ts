import { type Static, Type } from 'typebox';
import { limits } from './limits.ts';

const optionalText = (maxLength: number) =>
  Type.Optional(Type.Union([Type.String({ maxLength }), Type.Null()]));

const optionalTime = Type.Optional(Type.Union([Type.String({ format: 'date-time' }), Type.Null()]));

/** Shape only, not deliverability: one `@` with something on each side and no white space. */
export const EmailAddress = Type.String({
  pattern: '^[^\\s@]+@[^\\s@]+$',
  minLength: 3,
  maxLength: limits.emailLength,
});

/** What a custom field may hold on either side. */
export const CustomFieldValue = Type.Union([
  Type.String({ maxLength: limits.customFieldLength }),
  Type.Number(),
  Type.Boolean(),
]);
export type CustomFieldValue = Static<typeof CustomFieldValue>;

/** Any text, line breaks included: a JSON Schema says the length of a member's name by a pattern only. */
export const CustomFieldName = Type.String({ pattern: `^[\\s\\S]{1,${limits.customFieldNameLength}}$` });

/** Custom fields by name. */
export const CustomFields = Type.Record(CustomFieldName, CustomFieldValue, {
  maxProperties: limits.customFields,
  additionalProperties: false,
});
export type CustomFields = Static<typeof CustomFields>;

export const AcmeStatus = Type.Union([
  Type.Literal('Active'),
  Type.Literal('Inactive'),
  Type.Literal('Lead'),
]);
export type AcmeStatus = Static<typeof AcmeStatus>;

/** A contact's id in AcmeCRM; opaque to us. */
export const AcmeId = Type.String({ minLength: 1, maxLength: limits.idLength });

/** AcmeCRM's version of a contact: 1 and up, +1 with each change there. */
export const AcmeVersion = Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER });

/**
 * A contact as AcmeCRM sends it (design section 2). Read tolerantly: members that are not named here are allowed and
 * kept. An absent and a null member both mean empty.
 */
export const AcmeContact = Type.Object({
  id: AcmeId,
  acme_first_name: Type.String({ minLength: 1, maxLength: limits.nameLength }),
  acme_last_name: Type.String({ minLength: 1, maxLength: limits.nameLength }),
  acme_email: EmailAddress,
  acme_phone: optionalText(limits.phoneLength),
  acme_company: optionalText(limits.companyLength),
  acme_title: optionalText(limits.titleLength),
  acme_address: optionalText(limits.addressLength),
  acme_notes: optionalText(limits.notesLength),
  acme_status: Type.Optional(Type.Union([AcmeStatus, Type.Null()])),
  acme_tags: Type.Optional(
    Type.Union([
      Type.Array(Type.String({ maxLength: limits.tagLength }), { maxItems: limits.tags }),
      Type.Null(),
    ]),
  ),
  acme_custom_fields: Type.Optional(Type.Union([CustomFields, Type.Null()])),
  acme_created_at: optionalTime,
  acme_updated_at: optionalTime,
  acme_version: AcmeVersion,
});
export type AcmeContact = Static<typeof AcmeContact>;

/** What a `contact.deleted` event must carry; anything beyond it is ignored (design rule 3). */
export const AcmeDeletion = Type.Object({ id: AcmeId, acme_version: AcmeVersion });
export type AcmeDeletion = Static<typeof AcmeDeletion>;

/** The members of {@link AcmeContact} that we know by name; every other member is unknown and kept as it came. */
export const acmeContactMembers: ReadonlySet<string> = new Set(Object.keys(AcmeContact.properties));
