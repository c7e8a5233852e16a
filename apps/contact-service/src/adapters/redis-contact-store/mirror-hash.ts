import type { StoredContact } from '@contact-sync/domain';
import { type Contact, fieldsOfContact, type MirrorHead, type NextMirror } from '@contact-sync/domain';
import { toFieldsText, toResidueText } from './base-text.ts';
import { changesOf, type HashChanges, type HashField } from './hash-changes.ts';
import { untouchedContact } from './untouched-contact.ts';

/** A mirror as far as its hash is read before a write, and the contact that stands beside it. */
type Before = { readonly mirror: MirrorHead; readonly contact: StoredContact | null };

/** A mirror as it will be, and the contact that will stand beside it. */
type After = { readonly mirror: NextMirror; readonly contact: StoredContact | null };

const headField = <Name extends keyof MirrorHead>(
  name: Name,
  text: (value: MirrorHead[Name]) => string | null,
): HashField<MirrorHead> => ({
  name,
  text: (mirror) => text(mirror[name]),
  isSame: (one, other) => one[name] === other[name],
});

const asItIs = <Text extends string | null>(text: Text): Text => text;
const asNumber = (value: number | null): string | null => (value === null ? null : String(value));

/** The short fields, which every write compares; what is null or empty has no field. */
const head: readonly HashField<MirrorHead>[] = [
  headField('sourceId', asItIs),
  headField('sourceVersion', asNumber),
  headField('takenAt', asItIs),
  headField('revision', asNumber),
  headField('deleted', (deleted) => (deleted ? '1' : null)),
  headField('contentHash', asItIs),
  headField('mappingId', asItIs),
  headField('untouchedVersion', asNumber),
  headField('ownSlots', (slots) => (slots.length === 0 ? null : JSON.stringify(slots))),
  headField('identities', (identities) => identities || null),
  headField('missing', (missing) =>
    missing.ranges.length === 0 && missing.forgotten === 0 ? null : JSON.stringify(missing),
  ),
];

const record = 'record';
const residue = 'residue';
const baseFields = 'baseFields';
const nothing: HashChanges = { set: [], gone: [] };

/** A contact that nobody edited has the base's fields itself. */
const hasOwnBase = ({ mirror, contact }: Before): boolean =>
  mirror.mappingId !== null && untouchedContact(mirror, contact) === null;

/** The long fields, which are written where the decision took something, and stay where it says so. */
const takenChanges = (before: Before | null, after: After): HashChanges => {
  const { taken } = after.mirror;
  if (taken === 'kept') return nothing;
  const hadOwn = before !== null && hasOwnBase(before);
  if (taken === null) {
    if (before === null || before.mirror.mappingId === null) return nothing;
    return { set: [], gone: hadOwn ? [record, residue, baseFields] : [record, residue] };
  }
  const set = [
    ...[record, JSON.stringify(taken.record)],
    ...[residue, toResidueText(taken.base.residue, taken.record)],
  ];
  if (hasOwnBase(after)) return { set: [...set, baseFields, toFieldsText(taken.base.fields)], gone: [] };
  return { set, gone: hadOwn ? [baseFields] : [] };
};

/** What makes a mirror's hash into the next one's; from null, every field. */
export const mirrorChanges = (before: Before | null, after: After): HashChanges => {
  const short = changesOf(head, before?.mirror ?? null, after.mirror);
  const long = takenChanges(before, after);
  return { set: [...short.set, ...long.set], gone: [...short.gone, ...long.gone] };
};

/** What an edit of an untouched contact changes in the mirror's hash: the contact ceases to be the base. */
export const keptBase = (untouched: Contact): HashChanges => ({
  set: [baseFields, toFieldsText(fieldsOfContact(untouched))],
  gone: [],
});
