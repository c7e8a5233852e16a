import { Contact, emptyContactFields, isStub, parseJson, type StoredContact } from '@contact-sync/domain';

/** A Redis hash as it is read and written. */
export type Hash = Readonly<Record<string, string>>;

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

const members = Object.keys(Contact.properties).map((name) => ({ name, isText: asText.has(name) }));

const stubMark = 'stub:';

/**
 * The version as it stands in the hash, which writes are guarded by. A stub keeps the version of the tombstone that it is
 * left of, and must not be taken for it.
 */
export const versionMark = (stored: StoredContact): string =>
  isStub(stored) ? `${stubMark}${stored.version}` : String(stored.version);

/** A contact as a hash; what is null is left out. */
export const toContactHash = (stored: StoredContact): Hash => {
  if (isStub(stored)) return { id: stored.id, version: versionMark(stored) };
  const hash: Record<string, string> = {};
  for (const [member, value] of Object.entries(stored)) {
    if (value === null || value === undefined) continue;
    hash[member] = asText.has(member) ? String(value) : JSON.stringify(value);
  }
  return hash;
};

/** The way back from {@link toContactHash}; null for an absent hash. */
export const fromContactHash = (hash: Hash): StoredContact | null => {
  const { id, version } = hash;
  if (id === undefined || version === undefined) return null;
  if (version.startsWith(stubMark))
    return { stub: true, id, version: Number(version.slice(stubMark.length)) };
  const contact: Record<string, unknown> = { ...emptyContactFields, sourceId: null };
  for (const { name, isText } of members) {
    const text = hash[name];
    if (text !== undefined) contact[name] = isText ? text : parseJson(text);
  }
  // Written by toContactHash from a whole contact, so the required members are there.
  return contact as StoredContact;
};
