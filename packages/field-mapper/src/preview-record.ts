import type { AcmeRecord, ContactFields, MappingProblem } from '@contact-sync/domain';
import type { Loss, LossReason } from './compiled-mapping.ts';
import { type AcmePath, customFieldsMember, identityMembers } from './definition/acme-path.ts';
import { escapeStep } from './definition/json-pointer.ts';
import { type ResolvedPair, readsAcme } from './definition/resolve-pair.ts';
import { isPlainObject } from './plain-object.ts';
import { acmeNames, contactNames } from './taken-names.ts';
import type { OutgoingRecord } from './to-acme/compile-record.ts';
import { sameValue } from './to-acme/same-value.ts';
import { readerOf } from './to-contact/acme-readers.ts';

const reasonOf = ({ pair }: ResolvedPair): LossReason => {
  if (pair.direction !== 'both') return 'ONE_WAY';
  return pair.transform.kind === 'table' || pair.transform.kind === 'join' ? 'MERGED' : 'REFORMATTED';
};

const isMissing = (value: unknown): boolean => value === undefined || value === null;

/** Times are no contact fields, so a contact cannot lose them. */
const canLose = ({ pair }: ResolvedPair): boolean => readsAcme(pair) && pair.transform.kind !== 'date';

/** A custom field that does not pass through because a pair fills the contact's field of that name. */
const shadowed = (pairs: readonly ResolvedPair[], record: AcmeRecord): Loss[] => {
  const named = acmeNames(pairs);
  const fields = record.acme_custom_fields;
  return [...contactNames(pairs)]
    .filter((name) => !named.has(name) && isPlainObject(fields) && Object.hasOwn(fields, name))
    .map((name) => ({ pointer: `/${customFieldsMember}/${escapeStep(name)}`, why: 'SHADOWED' }));
};

/**
 * Compiles the comparison of a record with what its contact alone gives back. Places that failed are left out: they
 * have been told already.
 */
export const compileLosses = (
  pairs: readonly ResolvedPair[],
  toAcme: (contact: ContactFields) => OutgoingRecord,
): ((record: AcmeRecord, contact: ContactFields, failures: readonly MappingProblem[]) => readonly Loss[]) => {
  const sides = pairs
    .filter(canLose)
    .flatMap((resolved) =>
      resolved.acme.map((path) => ({ read: readerOf(path), path, reason: reasonOf(resolved) })),
    );
  return (record, contact, failures) => {
    const back = toAcme(contact) as AcmeRecord;
    const failedAt = (pointer: string): boolean =>
      failures.some((failure) => failure.pointer === pointer || failure.pointer.startsWith(`${pointer}/`));
    const lost = sides.flatMap(({ read, path, reason }): Loss[] => {
      const before = read(record);
      const { pointer } = path;
      if (isWholeCustomFields(path) || failedAt(pointer) || sameValue(before, read(back))) return [];
      return [{ pointer, why: isMissing(before) ? 'DEFAULTED' : reason }];
    });
    return [...lost, ...shadowed(pairs, record)];
  };
};

/** They pass through name by name; what does not is told as shadowed, or by the pair that reads it. */
const isWholeCustomFields = ({ member, key }: AcmePath): boolean =>
  member === customFieldsMember && key === null;

/** Compiles the list of what a record has and no pair reads. */
export const compileIgnored = (
  pairs: readonly ResolvedPair[],
): ((record: AcmeRecord) => readonly string[]) => {
  const reading = pairs.filter(({ pair }) => readsAcme(pair)).flatMap(({ acme }) => acme);
  const whole = new Set(reading.filter(({ key }) => key === null).map(({ member }) => member));
  const within = (member: string): ReadonlySet<string | null> =>
    new Set(reading.filter((path) => path.member === member).map(({ key }) => key));
  const parts = new Map(reading.map(({ member }) => [member, within(member)]));
  return (record) =>
    Object.entries(record).flatMap(([member, value]) => {
      const pointer = `/${escapeStep(member)}`;
      if (identityMembers.has(member) || whole.has(member)) return [];
      const read = parts.get(member);
      if (!read || !isPlainObject(value)) return [pointer];
      return Object.keys(value)
        .filter((key) => !read.has(key))
        .map((key) => `${pointer}/${escapeStep(key)}`);
    });
};
