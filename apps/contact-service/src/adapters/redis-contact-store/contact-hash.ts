import {
  Contact,
  type ContactStub,
  emptyContactFields,
  isStub,
  parseJson,
  type StoredContact,
} from '@contact-sync/domain';
import type { ContactJson } from '../../ports.ts';
import { changesOf, type Hash, type HashChanges, type HashField } from './hash-changes.ts';
import { hashFields, sequence } from './read-hashes.ts';

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

/** Every field that a contact's hash may have. */
export const wholeContact = hashFields(...members.map(({ name }) => name), sequence);

const stubMark = 'stub:';

/** What a stub has of a whole contact's fields. */
const stubFields: ReadonlySet<string> = new Set(['id', 'version', 'createdAt']);

/**
 * The version as it stands in the hash, which writes are guarded by. A stub keeps the version of the tombstone that it is
 * left of, and must not be taken for it.
 */
export const versionMark = (stored: StoredContact): string =>
  isStub(stored) ? `${stubMark}${stored.version}` : String(stored.version);

/** What makes a contact's hash into the next one's. What is null has no field, and a stub little more than its version. */
export const contactChanges = (before: StoredContact | null, after: StoredContact): HashChanges => {
  const whole = before === null || isStub(before) ? null : before;
  if (!isStub(after)) return changesOf(fields, whole, after);
  return {
    set: [
      ...['id', after.id, 'version', versionMark(after)],
      ...(after.createdAt === undefined ? [] : ['createdAt', after.createdAt]),
    ],
    gone: fields.flatMap(({ name, text }) =>
      whole !== null && !stubFields.has(name) && text(whole) !== null ? [name] : [],
    ),
  };
};

/** The way back from {@link contactChanges}; null for an absent hash. */
export const fromContactHash = (hash: Hash): StoredContact | null => {
  const { id, version, createdAt } = hash;
  if (id === undefined || version === undefined) return null;
  if (version.startsWith(stubMark)) {
    const stub: ContactStub = { stub: true, id, version: Number(version.slice(stubMark.length)) };
    return createdAt === undefined ? stub : { ...stub, createdAt };
  }
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
  if (id === undefined || version === undefined || version.startsWith(stubMark)) return null;
  let json = '';
  for (const { name, isText } of members) {
    const text = hash[name];
    const spelled = text === undefined ? absentJson.get(name) : isText ? JSON.stringify(text) : text;
    if (spelled !== undefined) json += `,"${name}":${spelled}`;
  }
  return { version: Number(version), json: `{${json.slice(1)}}` };
};
