import { canonicalJson } from '../canonical-json.ts';
import { isRawNumber } from '../json/raw-number.ts';
import { isNothing } from '../normalize-record.ts';
import { setOwnMember } from '../own-member.ts';

type Members = Readonly<Record<string, unknown>>;

const isMembers = (value: unknown): value is Members =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !isRawNumber(value);

const isEmpty = (value: unknown): boolean =>
  value === undefined ||
  isNothing(value) ||
  (typeof value === 'object' && !isRawNumber(value) && Object.keys(Object(value)).length === 0);

const isSame = (one: unknown, other: unknown): boolean =>
  (isEmpty(one) && isEmpty(other)) ||
  (!isEmpty(one) && !isEmpty(other) && canonicalJson(one) === canonicalJson(other));

const ownOf = (members: Members, name: string): unknown =>
  Object.hasOwn(members, name) ? members[name] : undefined;

/**
 * The merge patch (RFC 7396) that makes one record into another: what is empty after is null, and of an object only the
 * members that differ are named. Absent, null and empty are one.
 */
export const mergePatchOf = (before: Members, after: Members): Record<string, unknown> => {
  const patch: Record<string, unknown> = {};
  for (const name of new Set([...Object.keys(before), ...Object.keys(after)])) {
    const [from, to] = [ownOf(before, name), ownOf(after, name)];
    if (isSame(from, to)) continue;
    const isWithin = isMembers(from) && isMembers(to);
    setOwnMember(patch, name, isWithin ? mergePatchOf(from, to) : isEmpty(to) ? null : to);
  }
  return patch;
};

/** A record as a merge patch leaves it. */
export const mergePatched = (before: Members, patch: Members): Record<string, unknown> => {
  const after: Record<string, unknown> = { ...before };
  for (const [name, value] of Object.entries(patch)) {
    const held = ownOf(after, name);
    if (value === null) delete after[name];
    else if (isMembers(value)) setOwnMember(after, name, mergePatched(isMembers(held) ? held : {}, value));
    else setOwnMember(after, name, value);
  }
  return after;
};

const bookkeeping: ReadonlySet<string> = new Set([
  'id',
  'acme_version',
  'acme_created_at',
  'acme_updated_at',
]);

/** Without the members that are AcmeCRM's own to write. */
export const writable = (members: Members): Record<string, unknown> =>
  Object.fromEntries(Object.entries(members).filter(([name]) => !bookkeeping.has(name)));

/** Two merge patches of one record as one; they agree where both name a member. */
export const joinPatches = (one: Members, other: Members): Record<string, unknown> => {
  const joined: Record<string, unknown> = { ...one };
  for (const [name, value] of Object.entries(other)) {
    const held = ownOf(joined, name);
    setOwnMember(joined, name, isMembers(held) && isMembers(value) ? joinPatches(held, value) : value);
  }
  return joined;
};
