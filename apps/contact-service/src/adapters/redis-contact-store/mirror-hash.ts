import { type Contact, fieldsOfContact, type Holding, type Mirror, noIdentities } from '@contact-sync/domain';
import { toFieldsText, toResidueText } from './base-text.ts';
import { changesOf, type HashChanges, type HashField } from './hash-changes.ts';
import { untouchedContact } from './untouched-contact.ts';

/** A mirror and the contact that stands beside it. */
type Held = { readonly mirror: Mirror; readonly contact: Holding['contact'] };

const isWhole = ({ ranges, forgotten }: Mirror['missing']): boolean => ranges.length === 0 && forgotten === 0;

/** Asked for every field of every write. */
const sameIn = ([first, second]: readonly [keyof Mirror, (keyof Mirror)?]) => {
  if (second === undefined) return (one: Held, other: Held) => one.mirror[first] === other.mirror[first];
  return (one: Held, other: Held) =>
    one.mirror[first] === other.mirror[first] && one.mirror[second] === other.mirror[second];
};

/** A field that is there whenever its part of the mirror is neither null nor empty. */
const field = (
  name: string,
  parts: readonly [keyof Mirror, (keyof Mirror)?],
  isIn: (mirror: Mirror) => boolean,
  text: (mirror: Mirror) => string,
): HashField<Held> => ({
  name,
  isIn: ({ mirror }) => isIn(mirror),
  text: ({ mirror }) => text(mirror),
  isSame: sameIn(parts),
  isCompared: false,
});

const always = () => true;

/** A contact that nobody edited has the base's fields itself. */
const hasOwnBase = ({ mirror, contact }: Held): boolean =>
  mirror.base !== null && untouchedContact(mirror, contact) === null;

const baseFields = 'baseFields';

const fields: readonly HashField<Held>[] = [
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
    isIn: ({ mirror }) => mirror.base !== null,
    text: ({ mirror }) => mirror.base?.mappingId ?? '',
    isSame: (one, other) => one.mirror.base?.mappingId === other.mirror.base?.mappingId,
    isCompared: false,
  },
  {
    name: baseFields,
    isIn: hasOwnBase,
    text: ({ mirror }) => (mirror.base === null ? '' : toFieldsText(mirror.base.fields)),
    isSame: (one, other) => {
      const isOwn = hasOwnBase(one);
      return isOwn === hasOwnBase(other) && (!isOwn || one.mirror.base === other.mirror.base);
    },
    isCompared: false,
  },
  // Its text leaves out what the record says.
  field(
    'residue',
    ['base', 'record'],
    ({ base }) => base !== null,
    ({ base, record }) => (base === null ? '' : toResidueText(base.residue, record ?? {})),
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

/**
 * What makes a mirror's hash into the next one's; from null, every field. What is null or empty has no field, and neither
 * have the base's fields while the contact is untouched.
 */
export const mirrorChanges = (before: Held | null, after: Held): HashChanges =>
  changesOf(fields, before, after);

/** What an edit of an untouched contact changes in the mirror's hash: the contact ceases to be the base. */
export const keptBase = (untouched: Contact): HashChanges => ({
  set: [baseFields, toFieldsText(fieldsOfContact(untouched))],
  gone: [],
});
