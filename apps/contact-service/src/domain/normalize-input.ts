import { isNothing, setOwnMember, trimAddress } from '@contact-sync/domain';
import { toPhone } from '@contact-sync/field-mapper';

type Members = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Members =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const mapMembers = (from: Members, change: (value: unknown, name: string) => unknown): Members => {
  const changed: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(from)) {
    const next = change(value, name);
    if (next !== undefined) setOwnMember(changed, name, next);
  }
  return changed;
};

const orNull = (value: unknown): unknown => (value === '' ? null : value);

/** The fields where nothing is null; the others are required, or lists and objects, where nothing is being left out. */
const mayBeNull: ReadonlySet<string> = new Set(['phone', 'company', 'title', 'notes', 'address', 'status']);

/** How a contact is written: as a whole, where nothing is left out, or as a merge patch, where null is what empties. */
export type Writing = 'whole' | 'patch';

const nothingIn = (writing: Writing): null | undefined => (writing === 'patch' ? null : undefined);

const field = (value: unknown, name: string, writing: Writing, defaultCountry: string): unknown => {
  if (name === 'email' && typeof value === 'string') return trimAddress(value);
  if (name === 'phone' && typeof value === 'string')
    return orNull(toPhone(trimAddress(value), defaultCountry));
  if (name === 'address' && isObject(value)) return mapMembers(value, orNull);
  if (name === 'customFields' && isObject(value))
    return mapMembers(value, (one) => (isNothing(one) ? nothingIn(writing) : one));
  if (mayBeNull.has(name)) return orNull(value);
  return (name === 'tags' || name === 'customFields') && isNothing(value) ? nothingIn(writing) : value;
};

/**
 * A contact as people and programs write it, in the spelling that AcmeCRM's have by their door (design section 2, "What we
 * take, and how"), before it is judged: `""` and null are empty, e-mail and phone are trimmed, and phones are E.164 when
 * they can be. What it cannot make right it leaves for the schema to refuse.
 */
export const normalizeInput = (body: unknown, writing: Writing, defaultCountry: string): unknown =>
  isObject(body) ? mapMembers(body, (value, name) => field(value, name, writing, defaultCountry)) : body;
