import { type Mirror, noIdentities, parseJson } from '@contact-sync/domain';
import { lazyBase, toBaseText } from './base-text.ts';
import { changesOf, type Hash, type HashChanges, type HashField } from './hash-changes.ts';

const isWhole = ({ ranges, forgotten }: Mirror['missing']): boolean => ranges.length === 0 && forgotten === 0;

/** Asked for every field of every write. */
const sameIn = ([first, second]: readonly [keyof Mirror, (keyof Mirror)?]) => {
  if (second === undefined) return (one: Mirror, other: Mirror) => one[first] === other[first];
  return (one: Mirror, other: Mirror) => one[first] === other[first] && one[second] === other[second];
};

/** A field that is there whenever its part of the mirror is neither null nor empty. */
const field = (
  name: string,
  parts: readonly [keyof Mirror, (keyof Mirror)?],
  isIn: (mirror: Mirror) => boolean,
  text: (mirror: Mirror) => string,
): HashField<Mirror> => ({
  name,
  isIn,
  text,
  isSame: sameIn(parts),
  isCompared: false,
});

const always = () => true;

const fields: readonly HashField<Mirror>[] = [
  field('sourceId', ['sourceId'], always, ({ sourceId }) => sourceId),
  field('sourceVersion', ['sourceVersion'], always, ({ sourceVersion }) => String(sourceVersion)),
  field('takenAt', ['takenAt'], always, ({ takenAt }) => takenAt),
  field('revision', ['revision'], always, ({ revision }) => String(revision)),
  field(
    'deleted',
    ['deleted'],
    ({ deleted }) => deleted,
    () => '1',
  ),
  field(
    'contentHash',
    ['contentHash'],
    ({ contentHash }) => contentHash !== null,
    ({ contentHash }) => String(contentHash),
  ),
  field(
    'record',
    // A new version always has a new record, and what is not asked for is not read.
    ['sourceVersion', 'record'],
    ({ record }) => record !== null,
    ({ record }) => JSON.stringify(record),
  ),
  {
    name: 'mappingId',
    isIn: ({ base }) => base !== null,
    text: ({ base }) => base?.mappingId ?? '',
    isSame: (one, other) => one.base?.mappingId === other.base?.mappingId,
    isCompared: false,
  },
  // Its text leaves out what the record says.
  field(
    'base',
    ['base', 'record'],
    ({ base }) => base !== null,
    ({ base, record }) => (base === null ? '' : toBaseText(base, record ?? {})),
  ),
  field(
    'untouchedVersion',
    ['untouchedVersion'],
    ({ untouchedVersion }) => untouchedVersion !== null,
    ({ untouchedVersion }) => String(untouchedVersion),
  ),
  field(
    'identities',
    ['identities'],
    ({ identities }) => identities !== noIdentities,
    ({ identities }) => identities,
  ),
  field(
    'missing',
    ['missing'],
    ({ missing }) => !isWhole(missing),
    ({ missing }) => JSON.stringify(missing),
  ),
];

/** What makes a mirror's hash into the next one's. What is null or empty has no field. */
export const mirrorChanges = (before: Mirror | null, after: Mirror): HashChanges =>
  changesOf(fields, before, after);

const parsed = (text: string | undefined, absent: unknown): unknown =>
  text === undefined ? absent : parseJson(text);

const numberOr = <Absent>(text: string | undefined, absent: Absent): number | Absent =>
  text === undefined ? absent : Number(text);

/**
 * The way back from {@link mirrorChanges}; null for an absent hash. The record and the base, the longest parts of it, are
 * read when they are asked for: nearly every event brings its own, and is merged without the old ones.
 */
export const fromMirrorHash = (hash: Hash): Mirror | null => {
  const { sourceId, sourceVersion, takenAt, revision, mappingId, base } = hash;
  if (!sourceId || !sourceVersion || !takenAt || !revision) return null;
  let record: { readonly value: Mirror['record'] } | undefined;
  const readRecord = (): Mirror['record'] => {
    record ??= { value: parsed(hash['record'], null) as Mirror['record'] };
    return record.value;
  };
  return {
    sourceId,
    sourceVersion: Number(sourceVersion),
    takenAt,
    revision: Number(revision),
    deleted: hash['deleted'] === '1',
    contentHash: hash['contentHash'] ?? null,
    get record() {
      return readRecord();
    },
    base: mappingId === undefined || base === undefined ? null : lazyBase(mappingId, base, readRecord),
    untouchedVersion: numberOr(hash['untouchedVersion'], null),
    identities: hash['identities'] ?? noIdentities,
    missing: parsed(hash['missing'], { ranges: [], forgotten: 0 }) as Mirror['missing'],
  };
};
