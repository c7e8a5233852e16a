import { AcmeContact, CustomFieldValue } from '@contact-sync/domain';
import { type TSchema, Type } from 'typebox';
import type { DefinitionFaultCode } from './definition-fault.ts';
import { pointerSteps } from './json-pointer.ts';

/** What a place in a record may hold, as far as a mapping has to know before it sees one. */
export type ValueFamily = 'text' | 'scalar' | 'any' | 'tags' | 'fields' | 'address' | 'date';

/** A place in AcmeCRM's record. */
export type AcmePath = {
  readonly pointer: string;
  readonly member: string;
  /** The step below the member: a custom field's name. */
  readonly key: string | null;
  readonly family: ValueFamily;
  /** What AcmeCRM takes there. */
  readonly schema: TSchema;
};

export const customFieldsMember = 'acme_custom_fields';

/** AcmeCRM's own book-keeping: may be read, never written. */
export const identityMembers: ReadonlySet<string> = new Set(['id', 'acme_version']);

const families: ReadonlyMap<string, ValueFamily> = new Map<string, ValueFamily>([
  ['acme_tags', 'tags'],
  [customFieldsMember, 'fields'],
  ['acme_version', 'scalar'],
]);

const anything = Type.Unknown();

/** Reads a pointer into AcmeCRM's record; a code where it names nothing that can be mapped. */
export const acmePath = (pointer: string, declared: ReadonlySet<string>): AcmePath | DefinitionFaultCode => {
  const steps = pointerSteps(pointer);
  if (!steps) return 'INVALID_POINTER';
  const [member, key = null] = steps;
  const known: TSchema | undefined = Object.hasOwn(AcmeContact.properties, member)
    ? AcmeContact.properties[member as keyof typeof AcmeContact.properties]
    : undefined;
  if (!known)
    return declared.has(member)
      ? { pointer, member, key, family: 'any', schema: anything }
      : 'UNKNOWN_ACME_FIELD';
  if (key === null) return { pointer, member, key, family: families.get(member) ?? 'text', schema: known };
  if (member !== customFieldsMember) return 'UNKNOWN_ACME_FIELD';
  return { pointer, member, key, family: 'scalar', schema: CustomFieldValue };
};

/** Whether two places are the same or one holds the other. Custom fields as a whole leave room for single ones. */
export const acmePathsOverlap = (a: AcmePath, b: AcmePath): boolean => {
  if (a.member !== b.member) return false;
  if (a.key === b.key) return true;
  return (a.key === null || b.key === null) && a.member !== customFieldsMember;
};
