import { type MappingResidue, setOwnMember } from '@contact-sync/domain';
import type { AcmePath } from '../definition/acme-path.ts';
import { isEmptyContainer, isPlainObject, ownMember, pickMembers } from '../plain-object.ts';
import type { Problems } from '../problem.ts';
import type { ContactInput } from './contact-input.ts';

/**
 * A record while it is put together; it starts as the residue. Its nested objects belong to the residue still: they
 * are replaced, never changed.
 */
export type Draft = Record<string, unknown>;

/** Writes a part of the record. */
export type Write = (
  contact: ContactInput,
  residue: MappingResidue,
  draft: Draft,
  problems: Problems,
) => void;

const put = (draft: Draft, { member, key }: AcmePath, value: unknown): void => {
  if (key === null) setOwnMember(draft, member, value);
  else {
    const held = ownMember(draft, member);
    const copy: Draft = isPlainObject(held) ? { ...held } : {};
    setOwnMember(copy, key, value);
    setOwnMember(draft, member, copy);
  }
};

const clear = (draft: Draft, { member, key }: AcmePath): void => {
  const held = ownMember(draft, member);
  if (key === null) {
    if (held !== undefined && !isEmptyContainer(held)) delete draft[member];
  } else if (isPlainObject(held) && Object.hasOwn(held, key)) {
    const rest = pickMembers(held, (name) => name !== key);
    if (isEmptyContainer(rest)) delete draft[member];
    else setOwnMember(draft, member, rest);
  }
};

/** Puts a value in its place, or leaves nothing there where it is empty. An empty list or object that stood stays. */
export const settle = (draft: Draft, path: AcmePath, value: unknown): void => {
  if (value === null || isEmptyContainer(value)) clear(draft, path);
  else put(draft, path, value);
};
