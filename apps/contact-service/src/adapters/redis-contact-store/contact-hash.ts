import { Contact, emptyContactFields, isStub, type StoredContact } from '@contact-sync/domain';

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

const members = Object.keys(Contact.properties);

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
  return Object.fromEntries(
    Object.entries(stored).flatMap(([member, value]) =>
      value === null || value === undefined
        ? []
        : [[member, asText.has(member) ? String(value) : JSON.stringify(value)]],
    ),
  );
};

/** The way back from {@link toContactHash}; null for an absent hash. */
export const fromContactHash = (hash: Hash): StoredContact | null => {
  const { id, version } = hash;
  if (id === undefined || version === undefined) return null;
  if (version.startsWith(stubMark))
    return { stub: true, id, version: Number(version.slice(stubMark.length)) };
  const filled = members.flatMap((member) => {
    const text = hash[member];
    if (text === undefined) return [];
    return [[member, asText.has(member) ? text : JSON.parse(text)]];
  });
  // Written by toContactHash from a whole contact, so the required members are there.
  return { ...emptyContactFields, sourceId: null, ...Object.fromEntries(filled) } as StoredContact;
};
