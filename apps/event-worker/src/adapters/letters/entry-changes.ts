import { type Entry, type KnownEntry, stateOf } from '../../letters/letter.ts';
import { positionOf } from '../../letters/letter-order.ts';
import { toEntryText } from './entry-text.ts';
import type { LetterKeys } from './letter-keys.ts';

/** A command on one key. */
export type KeyCommand = readonly [command: string, key: string, ...args: readonly string[]];

const isKnown = (entry: Entry | undefined): entry is KnownEntry => entry?.letter !== undefined;

/** Letters that wait for somebody to decide. */
export const isOpen = (entry: Entry): entry is KnownEntry => {
  const state = isKnown(entry) ? stateOf(entry) : undefined;
  return state === 'open' || state === 'parked';
};

const isShown = (entry: Entry): entry is KnownEntry => isKnown(entry) && stateOf(entry) !== undefined;

/** The lexical sets that an entry stands in. */
const setsOf = (entry: Entry, keys: LetterKeys): string[] => {
  if (!isShown(entry)) return [keys.closed];
  const { contactId, eventId, replayId, fingerprint } = entry.letter;
  return [
    ...(isOpen(entry) ? [keys.open, keys.fingerprint(fingerprint)] : [keys.closed]),
    ...(contactId === undefined ? [] : [keys.contact(contactId)]),
    ...(eventId === undefined ? [] : [keys.event(eventId)]),
    ...(replayId === undefined ? [] : [keys.replay(replayId)]),
  ];
};

/** An erased letter leaves its id and that it is erased, nothing of the person. */
const kept = (entry: Entry): Entry =>
  entry.decision?.kind === 'erased' ? { id: entry.id, decision: entry.decision } : entry;

/** What turns an entry as it is held into what it is to be; `undefined` is for one that is not there. */
export const changesOf = (
  before: Entry | undefined,
  after: Entry | undefined,
  keys: LetterKeys,
): KeyCommand[] => {
  const removed =
    before === undefined ? [] : setsOf(before, keys).map((key) => ['ZREM', key, positionOf(before)] as const);
  if (after === undefined) {
    return before === undefined ? [] : [...removed, ['HDEL', keys.entries, before.id]];
  }
  const entry = kept(after);
  const member = positionOf(entry);
  return [
    ...removed,
    ['HSET', keys.entries, entry.id, toEntryText(entry)],
    ...setsOf(entry, keys).map((key) => ['ZADD', key, '0', member] as const),
    ...(isOpen(entry) ? [['SADD', keys.fingerprints, entry.letter.fingerprint] as const] : []),
  ];
};
