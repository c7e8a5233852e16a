import { type Mirror, parseJson } from '@contact-sync/domain';
import { fromBaseText, toBaseText } from './base-text.ts';
import { changesOf, type Hash, type HashChanges, type HashField } from './hash-changes.ts';
import { fromIdentitiesText, toIdentitiesText } from './identities-text.ts';

const isWhole = ({ ranges, forgotten }: Mirror['missing']): boolean => ranges.length === 0 && forgotten === 0;

/** A field that is there whenever its part of the mirror is neither null nor empty. */
const field = (
  name: string,
  parts: readonly (keyof Mirror)[],
  isIn: (mirror: Mirror) => boolean,
  text: (mirror: Mirror) => string,
): HashField<Mirror> => ({
  name,
  isIn,
  text,
  isSame: (one, other) => parts.every((part) => one[part] === other[part]),
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
  // Its text leaves out what the record says.
  field(
    'base',
    ['base', 'record'],
    ({ base }) => base !== null,
    ({ base, record }) => (base === null ? '' : toBaseText(base, record ?? {})),
  ),
  field(
    'identities',
    ['identities'],
    ({ identities }) => identities.length > 0,
    ({ identities }) => toIdentitiesText(identities),
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

/** Reads a value when it is asked for, once. */
const lazily = <Value>(read: () => Value): (() => Value) => {
  let known: { readonly value: Value } | undefined;
  return () => {
    known ??= { value: read() };
    return known.value;
  };
};

/**
 * The way back from {@link mirrorChanges}; null for an absent hash. The record, the longest part of it, is read when it is
 * asked for: nearly every event brings one of its own.
 */
export const fromMirrorHash = (hash: Hash): Mirror | null => {
  const { sourceId, sourceVersion, takenAt, revision } = hash;
  if (!sourceId || !sourceVersion || !takenAt || !revision) return null;
  const record = lazily(() => parsed(hash['record'], null) as Mirror['record']);
  return {
    sourceId,
    sourceVersion: Number(sourceVersion),
    takenAt,
    revision: Number(revision),
    deleted: hash['deleted'] === '1',
    contentHash: hash['contentHash'] ?? null,
    get record() {
      return record();
    },
    base: hash['base'] === undefined ? null : fromBaseText(hash['base'], () => record() ?? {}),
    identities: fromIdentitiesText(hash['identities']),
    missing: parsed(hash['missing'], { ranges: [], forgotten: 0 }) as Mirror['missing'],
  };
};
