import type { ContactInput, ContactPatch } from '@contact-sync/api-contracts';
import { type ContactFields, emptyContactFields, setOwnMember } from '@contact-sync/domain';
import { judgeFields } from './judge-fields.ts';

const emptyAddress = { street: null, city: null, state: null, zipCode: null, country: null };

const withoutEmptyAddress = (fields: ContactFields): ContactFields =>
  fields.address !== null && Object.values(fields.address).every((part) => part === null)
    ? { ...fields, address: null }
    : fields;

/** Every field: what a client did not write of a contact or an address is empty. */
const filledUp = (written: Readonly<Record<string, unknown>>) => ({
  ...emptyContactFields,
  ...written,
  address: written['address'] ? { ...emptyAddress, ...written['address'] } : null,
});

/**
 * All fields of a contact that is written whole, over the one `before`.
 *
 * @throws {AppError} INVALID_BODY with pointers.
 */
export const fieldsOfInput = (input: ContactInput, before: ContactFields | null): ContactFields =>
  withoutEmptyAddress(judgeFields({ fields: filledUp(input), before }));

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

/**
 * The fields after a merge patch (RFC 7396).
 *
 * @throws {AppError} INVALID_BODY with pointers where a required field would be empty or a limit is passed.
 */
export const fieldsAfterPatch = (fields: ContactFields, patch: ContactPatch): ContactFields => {
  const merged = mergePatch(fields, patch) as Readonly<Record<string, unknown>>;
  return withoutEmptyAddress(judgeFields({ fields: filledUp(merged), before: fields }));
};
