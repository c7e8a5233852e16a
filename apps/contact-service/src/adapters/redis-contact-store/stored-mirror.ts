import {
  type Contact,
  type ContactFields,
  fieldsOfContact,
  type Mirror,
  noIdentities,
  parseJson,
  type StoredContact,
} from '@contact-sync/domain';
import { fromFieldsText, fromResidueText } from './base-text.ts';
import type { Hash } from './hash-changes.ts';
import { untouchedContact, untouchedVersionOf } from './untouched-contact.ts';

type Base = NonNullable<Mirror['base']>;

/*
 * The record and the base, the longest parts of a mirror, are read when they are asked for: nearly every event brings its
 * own, and is merged without the old ones. Such members are own and enumerable, so that spreading copies them, and their
 * getters are the same for all objects: with getters of its own an object is a table to V8, at four times the cost.
 */
const lazy = <Owner extends object, Value>(name: string, read: (owner: Owner) => Value) => ({
  enumerable: true,
  configurable: true,
  get(this: Owner): Value {
    const value = read(this);
    Object.defineProperty(this, name, { value, enumerable: true });
    return value;
  },
});

class StoredBase implements Base {
  readonly mappingId: string;
  declare readonly fields: ContactFields;
  declare readonly residue: Base['residue'];
  readonly #fields: Contact | string;
  readonly #residue: string;
  readonly #mirror: Mirror;

  constructor(mappingId: string, fields: Contact | string, residue: string, mirror: Mirror) {
    this.mappingId = mappingId;
    this.#fields = fields;
    this.#residue = residue;
    this.#mirror = mirror;
    Object.defineProperty(this, 'fields', StoredBase.#lazyFields);
    Object.defineProperty(this, 'residue', StoredBase.#lazyResidue);
  }

  static readonly #lazyFields = lazy('fields', (base: StoredBase) =>
    typeof base.#fields === 'string' ? fromFieldsText(base.#fields) : fieldsOfContact(base.#fields),
  );

  static readonly #lazyResidue = lazy('residue', (base: StoredBase) =>
    fromResidueText(base.#residue, base.#mirror.record),
  );
}

const parsed = (text: string | undefined, absent: unknown): unknown =>
  text === undefined ? absent : parseJson(text);

type Head = Pick<Mirror, 'sourceId' | 'sourceVersion' | 'takenAt' | 'revision'>;

class StoredMirror implements Mirror {
  readonly sourceId: string;
  readonly sourceVersion: number;
  readonly takenAt: string;
  readonly revision: number;
  readonly deleted: boolean;
  readonly contentHash: string | null;
  declare readonly record: Mirror['record'];
  readonly base: Base | null;
  readonly untouchedVersion: number | null;
  readonly identities: Mirror['identities'];
  readonly missing: Mirror['missing'];
  readonly #record: string | undefined;

  constructor(
    { sourceId, sourceVersion, takenAt, revision }: Head,
    hash: Hash,
    contact: StoredContact | null,
  ) {
    const { mappingId, residue } = hash;
    this.sourceId = sourceId;
    this.sourceVersion = sourceVersion;
    this.takenAt = takenAt;
    this.revision = revision;
    this.deleted = hash['deleted'] === '1';
    this.contentHash = hash['contentHash'] ?? null;
    this.#record = hash['record'];
    Object.defineProperty(this, 'record', StoredMirror.#lazyRecord);
    this.untouchedVersion = untouchedVersionOf(hash);
    this.identities = hash['identities'] ?? noIdentities;
    this.missing = parsed(hash['missing'], { ranges: [], forgotten: 0 }) as Mirror['missing'];
    const fields = hash['baseFields'] ?? untouchedContact(this, contact);
    this.base =
      mappingId === undefined || residue === undefined || fields === null
        ? null
        : new StoredBase(mappingId, fields, residue, this);
  }

  static readonly #lazyRecord = lazy(
    'record',
    (mirror: StoredMirror) => parsed(mirror.#record, null) as Mirror['record'],
  );
}

/** The way back from what `mirrorChanges` wrote, with the contact as it was read together; null for an absent hash. */
export const fromMirrorHash = (hash: Hash, contact: StoredContact | null): Mirror | null => {
  const { sourceId, sourceVersion, takenAt, revision } = hash;
  if (!sourceId || !sourceVersion || !takenAt || !revision) return null;
  const head = { sourceId, sourceVersion: Number(sourceVersion), takenAt, revision: Number(revision) };
  return new StoredMirror(head, hash, contact);
};
