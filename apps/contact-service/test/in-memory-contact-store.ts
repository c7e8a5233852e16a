import {
  type Contact,
  type HistoryEntry,
  heldMirror,
  isBlocked,
  isStub,
  type Mirror,
  mirrorAfter,
  tombstoneSince,
  wholeMirror,
} from '@contact-sync/domain';
import type {
  ContactStore,
  ContactWrite,
  EditSnapshot,
  RecordLink,
  Snapshot,
  Tombstone,
} from '../src/ports.ts';
import { createInMemoryAnswers } from './in-memory-answers.ts';
import { createInMemoryConflicts } from './in-memory-conflicts.ts';
import { createInMemoryFeed } from './in-memory-feed.ts';
import { createInMemoryGaps } from './in-memory-gaps.ts';
import { pageInMemory } from './in-memory-page.ts';

type Held = Omit<Snapshot, 'mirror'> & {
  readonly mirror: Mirror | null;
  readonly history: readonly HistoryEntry[];
};

/** Of what is held of AcmeCRM; undefined where nothing is. */
const revisionOf = ({
  mirror,
  writeBack,
}: Pick<Held, 'writeBack'> & { readonly mirror: { readonly revision: number } | null }) =>
  mirror?.revision ?? writeBack?.revision;

const nothing: Held = { mirror: null, contact: null, sequence: 0, history: [] };

const stands = (held: Held, { before }: ContactWrite): boolean =>
  held.linkedTo === ('linkedTo' in before ? before.linkedTo : undefined) &&
  revisionOf(held) === revisionOf(before) &&
  held.contact?.version === before.contact?.version &&
  (held.contact !== null && isStub(held.contact)) === (before.contact !== null && isStub(before.contact));

/** Whether a record may still be linked as it was read. */
const isFree = (held: Held, { before }: RecordLink): boolean =>
  held.linkedTo === undefined && held.contact === null && revisionOf(held) === revisionOf(before);

const isErasing = ({ before, contact }: ContactWrite): boolean =>
  isBlocked(contact) && !isBlocked(before.contact);

/** What is held of AcmeCRM after a write; a new revision comes with a new mirror, or with what is known of our writes. */
const writtenBack = (
  held: Held,
  write: ContactWrite,
  mirror: Mirror | null,
): Pick<Held, 'mirror' | 'writeBack'> => {
  const known = 'writeBack' in write ? write.writeBack : undefined;
  if (known === undefined) return { mirror, writeBack: held.writeBack ?? null };
  const revision = write.mirror === null ? (revisionOf(held) ?? 0) + 1 : write.mirror.revision;
  return { mirror: mirror && { ...mirror, revision }, writeBack: { ...known, revision } };
};

const written = (held: Held, write: ContactWrite, historyLimit: number): Held => {
  if (isErasing(write)) return { ...nothing, contact: write.contact, sequence: held.sequence };
  const entries = write.history.map((draft, index) => ({ ...draft, sequence: held.sequence + index + 1 }));
  const mirror =
    write.mirror === null
      ? held.mirror
      : wholeMirror(mirrorAfter(held.mirror && heldMirror(held.mirror), write.mirror));
  return {
    ...held,
    ...writtenBack(held, write, mirror),
    contact: write.contact ?? held.contact,
    sequence: held.sequence + entries.length,
    history: [...entries.reverse(), ...(write.forgetsHistory ? [] : held.history)].slice(0, historyLimit),
  };
};

/** What an edit looks at. */
const forEdit = (held: Held): EditSnapshot => {
  const { mirror, contact, sequence } = held;
  const revision = revisionOf(held);
  const untouchedVersion = mirror?.untouchedVersion ?? null;
  return { mirror: revision === undefined ? null : { revision, untouchedVersion }, contact, sequence };
};

const wholeContact = ({ contact }: Held): Contact[] => (contact === null || isStub(contact) ? [] : [contact]);

/** The longest deleted first. */
const tombstonesAmong = (held: ReadonlyMap<string, Held>): Tombstone[] =>
  [...held]
    .flatMap(([id, holding]) => {
      const since = tombstoneSince(holding);
      return since === null ? [] : [{ id, since }];
    })
    .sort((one, other) => Date.parse(one.since) - Date.parse(other.since));

/** A store that forgets with the process; held to the same contract as the real one. */
export const createInMemoryContactStore = ({
  historyLimit,
  conflictLimit = 10_000,
}: {
  readonly historyLimit: number;
  readonly conflictLimit?: number;
}): ContactStore => {
  const conflicts = createInMemoryConflicts(conflictLimit);
  const held = new Map<string, Held>();
  const answers = createInMemoryAnswers();
  const blocked = new Map<string, string>();
  const of = (id: string): Held => held.get(id) ?? nothing;
  const block = ({ id, contact }: ContactWrite): void => {
    for (const [hashed, by] of blocked) if (by === id) blocked.delete(hashed);
    if (isBlocked(contact)) for (const hashed of contact.erasure.externalIds) blocked.set(hashed, id);
  };
  const feed = createInMemoryFeed((id) => of(id).contact);
  return {
    load: async (ids) =>
      ids
        .map(of)
        .map(({ mirror, history: _, ...rest }) => ({ ...rest, mirror: mirror && heldMirror(mirror) })),
    loadForEdit: async (id) => forEdit(of(id)),
    commit: async (writes) =>
      writes.map((write) => {
        if (!stands(of(write.id), write) || answers.hasAny(write)) return 'moved';
        if (write.externalIds?.some((hashed) => blocked.has(hashed))) return 'moved';
        const link = 'link' in write ? write.link : undefined;
        if (link && !isFree(of(link.recordId), link)) return 'moved';
        answers.keep(write);
        conflicts.move(write);
        if (isErasing(write)) {
          answers.forget(write.id);
          conflicts.forget(write.id);
        }
        if (link) held.set(link.recordId, { ...nothing, linkedTo: write.id });
        if (isBlocked(write.before.contact) || isBlocked(write.contact)) block(write);
        held.set(write.id, written(of(write.id), write, historyLimit));
        if (write.outgoing.length > 0) feed.number(write.id);
        return 'written';
      }),
    blockedAmong: async (externalIds) => new Set(externalIds.filter((hashed) => blocked.has(hashed))),
    contact: async (id) => of(id).contact,
    contactJson: async (id) => {
      const { contact } = of(id);
      if (contact === null || isStub(contact)) return null;
      return { version: contact.version, json: JSON.stringify(contact) };
    },
    answers: answers.among,
    mirror: async (id) => of(id).mirror,
    history: async (id, { limit, before = Number.POSITIVE_INFINITY }) =>
      of(id)
        .history.filter(({ sequence }) => sequence < before)
        .slice(0, limit),
    list: async (query) => pageInMemory([...held.values()].flatMap(wholeContact), query),
    tombstones: async (limit) => tombstonesAmong(held).slice(0, limit),
    changes: feed.changes,
    gaps: createInMemoryGaps(() => [...held]),
    conflicts: conflicts.inbox,
  };
};
