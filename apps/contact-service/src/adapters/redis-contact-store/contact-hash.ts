import {
  Contact,
  type ContactStub,
  type Erasure,
  emptyContactFields,
  isStub,
  parseJson,
  type StoredContact,
} from '@contact-sync/domain';
import type { ContactJson } from '../../ports.ts';
import { changesOf, type Hash, type HashChanges, type HashField } from './hash-changes.ts';
import { sequence } from './read-hashes.ts';

// Members whose values are text in Redis as they are; every other member stands as JSON.
const asText: ReadonlySet<string> = new Set([
  'id',
  'firstName',
  'lastName',
  'email',
  'phone',
  'company',
  'title',
  'notes',
  'status',
  'source',
  'sourceId',
  'createdAt',
  'updatedAt',
  'deletedAt',
]);

type Member = keyof Contact;

const members = Object.keys(Contact.properties).map((name) => ({
  name: name as Member,
  isText: asText.has(name),
}));

const fields = members.map(
  ({ name, isText }): HashField<Contact> => ({
    name,
    text: (contact) => {
      const value = contact[name];
      if (value === null || value === undefined) return null;
      return isText ? String(value) : JSON.stringify(value);
    },
    isSame: (one, other) => one[name] === other[name],
  }),
);

const erasure = 'erasure';

/** Every field that a contact's hash may have. */
export const wholeContact = [...members.map(({ name }) => name), erasure, sequence];

/** What stands before the version of a stub: each kind of its own, since writes are guarded by it. */
const markOf = ({ erasure: erased }: ContactStub): string => erased?.standing ?? 'stub';

/**
 * The version as it stands in the hash, which writes are guarded by. A stub keeps the version of the tombstone that it is
 * left of, and must not be taken for it.
 */
export const versionMark = (stored: StoredContact): string =>
  isStub(stored) ? `${markOf(stored)}:${stored.version}` : String(stored.version);

const isVersion = (mark: string): boolean => !mark.includes(':');

const stubTexts = (stub: ContactStub): Map<string, string> =>
  new Map([
    ['id', stub.id],
    ['version', versionMark(stub)],
    ...(stub.createdAt === undefined ? [] : [['createdAt', stub.createdAt] as const]),
    ...(stub.erasure === undefined ? [] : [[erasure, JSON.stringify(stub.erasure)] as const]),
  ]);

const namesOf = (stored: StoredContact): string[] =>
  isStub(stored)
    ? [...stubTexts(stored).keys()]
    : fields.flatMap(({ name, text }) => (text(stored) === null ? [] : [name]));

/** What makes a contact's hash into the next one's. What is null has no field, and a stub little more than its version. */
export const contactChanges = (before: StoredContact | null, after: StoredContact): HashChanges => {
  if (!isStub(after) && (before === null || !isStub(before))) return changesOf(fields, before, after);
  // A stub begins or ends, which is rare: all is set.
  const set = isStub(after) ? [...stubTexts(after)].flat() : changesOf(fields, null, after).set;
  const kept = new Set(namesOf(after));
  return { set, gone: before === null ? [] : namesOf(before).filter((name) => !kept.has(name)) };
};

const stubOfHash = ({ id = '', version = '', createdAt, ...hash }: Hash): ContactStub => ({
  stub: true,
  id,
  version: Number(version.slice(version.indexOf(':') + 1)),
  ...(createdAt !== undefined && { createdAt }),
  ...(hash[erasure] !== undefined && { erasure: JSON.parse(hash[erasure]) as Erasure }),
});

/** The way back from {@link contactChanges}; null for an absent hash. */
export const fromContactHash = (hash: Hash): StoredContact | null => {
  const { id, version } = hash;
  if (id === undefined || version === undefined) return null;
  if (!isVersion(version)) return stubOfHash(hash);
  const contact: Record<string, unknown> = { ...emptyContactFields, sourceId: null };
  for (const { name, isText } of members) {
    const text = hash[name];
    if (text !== undefined) contact[name] = isText ? text : parseJson(text);
  }
  // Written by contactChanges from a whole contact, so the required members are there.
  return contact as StoredContact;
};

const absentJson = new Map<string, string>(
  Object.entries({ ...emptyContactFields, sourceId: null }).map(([name, value]) => [
    name,
    JSON.stringify(value),
  ]),
);

/**
 * A contact's JSON, made of a hash's texts as they are: nothing of it is parsed, and what is nested is not spelled once
 * more. Null for an absent hash and for a stub.
 */
export const jsonOfContactHash = (hash: Hash): ContactJson | null => {
  const { id, version } = hash;
  if (id === undefined || version === undefined || !isVersion(version)) return null;
  let json = '';
  for (const { name, isText } of members) {
    const text = hash[name];
    const spelled = text === undefined ? absentJson.get(name) : isText ? JSON.stringify(text) : text;
    if (spelled !== undefined) json += `,"${name}":${spelled}`;
  }
  return { version: Number(version), json: `{${json.slice(1)}}` };
};
