import {
  Address,
  AppError,
  ContactFields,
  CustomFieldName,
  emptyContactFields,
  type FieldError,
  setOwnMember,
} from '@contact-sync/domain';
import { compileCheck } from '@contact-sync/service-kit';
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

const checkFields = compileCheck(ContactFields);

const textFaults = (value: unknown, pointer: string): FieldError[] => {
  if (typeof value === 'string') {
    const isText = value.isWellFormed() && !value.includes('\u0000');
    return isText ? [] : [{ pointer, detail: 'must be text without NUL and lone surrogates' }];
  }
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([member, inner]) => [
    ...textFaults(member, pointer),
    ...textFaults(inner, `${pointer}/${member.replaceAll('~', '~0').replaceAll('/', '~1')}`),
  ]);
};

/** Whether there may be a fault: JSON spells NUL and lone surrogates as escapes, which hardly any text has. */
const mayHaveTextFaults = (sent: unknown): boolean => /\\u(?:0000|d)/.test(JSON.stringify(sent));

/** `sent` is what a client wrote of the fields; the rest was looked at when it was written. */
const assertFields = (fields: unknown, sent: unknown): ContactFields => {
  const errors = [...checkFields(fields), ...(mayHaveTextFaults(sent) ? textFaults(sent, '') : [])];
  if (errors.length === 0) return fields as ContactFields;
  throw new AppError('INVALID_BODY', { message: 'The contact would not be valid.', errors });
};

const withoutEmptyAddress = (fields: ContactFields): ContactFields =>
  fields.address !== null && Object.values(fields.address).every((part) => part === null)
    ? { ...fields, address: null }
    : fields;

/**
 * All fields of a contact that is written whole.
 *
 * @throws {AppError} INVALID_BODY with pointers.
 */
export const fieldsOfInput = (input: ContactInput): ContactFields =>
  withoutEmptyAddress(assertFields({ ...emptyContactFields, ...input }, input));

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const mergePatch = (target: unknown, patch: unknown): unknown => {
  if (!isObject(patch)) return patch;
  // Copies own members only, whatever they are called, and sets none through a prototype.
  const merged: Record<string, unknown> = isObject(target) ? { ...target } : {};
  for (const [member, value] of Object.entries(patch)) {
    if (value === null) delete merged[member];
    else
      setOwnMember(
        merged,
        member,
        mergePatch(Object.hasOwn(merged, member) ? merged[member] : undefined, value),
      );
  }
  return merged;
};

const emptyAddress = { street: null, city: null, state: null, zipCode: null, country: null };

/**
 * The fields after a merge patch (RFC 7396).
 *
 * @throws {AppError} INVALID_BODY with pointers where a required field would be empty or a limit is passed.
 */
export const fieldsAfterPatch = (fields: ContactFields, patch: ContactPatch): ContactFields => {
  const merged = mergePatch(fields, patch) as Partial<ContactFields>;
  const address = merged.address ? { ...emptyAddress, ...merged.address } : null;
  return withoutEmptyAddress(assertFields({ ...emptyContactFields, ...merged, address }, patch));
};
