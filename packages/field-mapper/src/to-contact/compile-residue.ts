import { type AcmeRecord, acmeContactMembers, type MappingResidue, setOwnMember } from '@contact-sync/domain';
import { customFieldsMember } from '../definition/acme-path.ts';
import type { ResolvedPair } from '../definition/resolve-pair.ts';
import { isEmptyContainer, isPlainObject, pickMembers } from '../plain-object.ts';
import { acmeNames, takenNames } from '../taken-names.ts';

const recoverable = (pairs: readonly ResolvedPair[]): readonly ResolvedPair[] =>
  pairs.filter(({ pair }) => pair.lossless);

type Residue = Record<string, unknown>;

/** Keeps of a list or object what the contact cannot tell: that it was there though empty, and names that pairs took. */
const partKeeper = (pairs: readonly ResolvedPair[]) => {
  const follow = acmeNames(recoverable(pairs));
  const names = new Set([...takenNames(pairs)].filter((name) => !follow.has(name)));
  return (residue: Residue, member: string, value: unknown): void => {
    if (isEmptyContainer(value)) setOwnMember(residue, member, value);
    else if (member === customFieldsMember && names.size > 0 && isPlainObject(value)) {
      const kept = pickMembers(value, (name) => names.has(name));
      if (!isEmptyContainer(kept)) setOwnMember(residue, member, kept);
    }
  };
};

type Fate = 'dropped' | 'kept in part';

/** Whole members whose value follows from the contact. Only what may be a list or an object has parts to keep. */
const fatesOf = (pairs: readonly ResolvedPair[]): ReadonlyMap<string, Fate> =>
  new Map(
    recoverable(pairs).flatMap(({ acme }) =>
      acme.flatMap(({ member, key, family }): [string, Fate][] =>
        key === null ? [[member, family === 'text' ? 'dropped' : 'kept in part']] : [],
      ),
    ),
  );

/**
 * Compiles what is kept beside the contact: a fragment of the record, with all that the contact's fields alone would
 * not give back. A documented member that is null is not kept: null and missing mean the same there.
 */
export const compileResidue = (pairs: readonly ResolvedPair[]): ((record: AcmeRecord) => MappingResidue) => {
  const fates = fatesOf(pairs);
  const keepPart = partKeeper(pairs);
  return (record) => {
    const residue: Residue = {};
    for (const member in record) {
      const fate = fates.get(member);
      if (fate === 'dropped') continue;
      const value = record[member];
      if (fate === 'kept in part') keepPart(residue, member, value);
      else if (value !== undefined && (value !== null || !acmeContactMembers.has(member)))
        setOwnMember(residue, member, value);
    }
    return residue;
  };
};
