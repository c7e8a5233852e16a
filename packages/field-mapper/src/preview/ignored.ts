import { type AcmeRecord, escapePointer } from '@contact-sync/domain';
import { identityMembers } from '../definition/acme-path.ts';
import { type ResolvedPair, readsAcme } from '../definition/resolve-pair.ts';
import { isPlainObject } from '../plain-object.ts';

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
      const pointer = `/${escapePointer(member)}`;
      if (identityMembers.has(member) || whole.has(member)) return [];
      const read = parts.get(member);
      if (!read || !isPlainObject(value)) return [pointer];
      return Object.keys(value)
        .filter((key) => !read.has(key))
        .map((key) => `${pointer}/${escapePointer(key)}`);
    });
};
