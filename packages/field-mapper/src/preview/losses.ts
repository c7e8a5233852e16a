import {
  type AcmeRecord,
  type ContactFields,
  escapePointer,
  type MappingProblem,
} from '@contact-sync/domain';
import type { Loss, LossReason } from '../compiled-mapping.ts';
import { type AcmePath, customFieldsMember } from '../definition/acme-path.ts';
import { type ResolvedPair, readsAcme } from '../definition/resolve-pair.ts';
import { isEmptyContainer, isPlainObject } from '../plain-object.ts';
import { acmeNames, contactNames } from '../taken-names.ts';
import type { OutgoingRecord } from '../to-acme/compile-record.ts';
import { sameValue } from '../to-acme/same-value.ts';
import { readerOf } from '../to-contact/acme-readers.ts';

/** An empty list is no more than a missing one, and the residue tells them apart. */
const isMissing = (value: unknown): boolean =>
  value === undefined || value === null || isEmptyContainer(value);

const reasonOf = ({ pair }: ResolvedPair): LossReason => {
  if (pair.direction !== 'both') return 'ONE_WAY';
  return pair.transform.kind === 'table' || pair.transform.kind === 'join' ? 'MERGED' : 'REFORMATTED';
};

/** Custom fields pass through name by name: what does not is told as shadowed, or by the pair that reads it. */
const passesThrough = ({ pair }: ResolvedPair, { member, key }: AcmePath): boolean =>
  member === customFieldsMember && key === null && pair.direction === 'both';

type Side = {
  readonly pointer: string;
  readonly read: (record: AcmeRecord) => unknown;
  readonly reason: LossReason;
  readonly hasDefault: boolean;
};

/** The places that a contact can lose. Times are no contact fields, so it cannot lose them. */
const sidesOf = (pairs: readonly ResolvedPair[]): readonly Side[] =>
  pairs
    .filter(({ pair }) => readsAcme(pair) && pair.transform.kind !== 'date')
    .flatMap((resolved) =>
      resolved.acme
        .filter((path) => !passesThrough(resolved, path))
        .map((path) => ({
          pointer: path.pointer,
          read: readerOf(path),
          reason: reasonOf(resolved),
          hasDefault: resolved.pair.default !== undefined,
        })),
    );

/** Custom fields that do not pass through because a pair fills the contact's field of that name. */
const shadowed = (pairs: readonly ResolvedPair[], record: AcmeRecord): Loss[] => {
  const named = acmeNames(pairs);
  const fields = record.acme_custom_fields;
  return [...contactNames(pairs)]
    .filter((name) => !named.has(name) && isPlainObject(fields) && Object.hasOwn(fields, name))
    .map((name) => ({ pointer: `/${customFieldsMember}/${escapePointer(name)}`, why: 'SHADOWED' }));
};

/**
 * Compiles the comparison of a record with what its contact alone gives back. Places that failed are left out: they
 * have been told already.
 */
export const compileLosses = (
  pairs: readonly ResolvedPair[],
  toAcme: (contact: ContactFields) => OutgoingRecord,
): ((record: AcmeRecord, contact: ContactFields, failures: readonly MappingProblem[]) => readonly Loss[]) => {
  const sides = sidesOf(pairs);
  return (record, contact, failures) => {
    const back = toAcme(contact) as AcmeRecord;
    const failedAt = (pointer: string): boolean =>
      failures.some((failure) => failure.pointer === pointer || failure.pointer.startsWith(`${pointer}/`));
    const lost = sides.flatMap(({ pointer, read, reason, hasDefault }): Loss[] => {
      const before = read(record);
      if (failedAt(pointer)) return [];
      if (isMissing(before)) return hasDefault ? [{ pointer, why: 'DEFAULTED' }] : [];
      return sameValue(before, read(back)) ? [] : [{ pointer, why: reason }];
    });
    return [...lost, ...shadowed(pairs, record)];
  };
};
