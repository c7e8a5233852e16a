import {
  type HistoryEntry,
  heldMirror,
  isBlocked,
  isStub,
  type Mirror,
  mirrorAfter,
  tombstoneSince,
  wholeMirror,
} from '@contact-sync/domain';
import type { ContactStore, ContactWrite, Snapshot } from '../src/ports.ts';
import { createInMemoryAnswers } from './in-memory-answers.ts';
import { createInMemoryFeed } from './in-memory-feed.ts';
import { createInMemoryGaps } from './in-memory-gaps.ts';
import { pageInMemory } from './in-memory-page.ts';

type Held = Omit<Snapshot, 'mirror'> & {
  readonly mirror: Mirror | null;
  readonly history: readonly HistoryEntry[];
};

const nothing: Held = { mirror: null, contact: null, sequence: 0, history: [] };

const stands = (held: Held, { before }: ContactWrite): boolean =>
  held.mirror?.revision === before.mirror?.revision &&
  held.contact?.version === before.contact?.version &&
  (held.contact !== null && isStub(held.contact)) === (before.contact !== null && isStub(before.contact));

const isErasing = ({ before, contact }: ContactWrite): boolean =>
  isBlocked(contact) && !isBlocked(before.contact);

const written = (held: Held, write: ContactWrite, historyLimit: number): Held => {
  if (isErasing(write)) return { ...nothing, contact: write.contact, sequence: held.sequence };
  const entries = write.history.map((draft, index) => ({ ...draft, sequence: held.sequence + index + 1 }));
  return {
    mirror:
      write.mirror === null
        ? held.mirror
        : wholeMirror(mirrorAfter(held.mirror && heldMirror(held.mirror), write.mirror)),
    contact: write.contact ?? held.contact,
    sequence: held.sequence + entries.length,
    history: [...entries.reverse(), ...(write.forgetsHistory ? [] : held.history)].slice(0, historyLimit),
  };
};

/** A store that forgets with the process; held to the same contract as the real one. */
export const createInMemoryContactStore = ({
  historyLimit,
}: {
  readonly historyLimit: number;
}): ContactStore => {
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
      ids.map(of).map(({ mirror, contact, sequence }) => ({
        mirror: mirror && heldMirror(mirror),
        contact,
        sequence,
      })),
    loadForEdit: async (id) => {
      const { mirror, contact, sequence } = of(id);
      const { revision, untouchedVersion } = mirror ?? {};
      return {
        mirror: revision === undefined ? null : { revision, untouchedVersion: untouchedVersion ?? null },
        contact,
        sequence,
      };
    },
    commit: async (writes) =>
      writes.map((write) => {
        if (!stands(of(write.id), write) || answers.hasAny(write)) return 'moved';
        if (write.externalIds?.some((hashed) => blocked.has(hashed))) return 'moved';
        answers.keep(write);
        if (isErasing(write)) answers.forget(write.id);
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
    list: async (query) =>
      pageInMemory(
        [...held.values()].flatMap(({ contact }) => (contact === null || isStub(contact) ? [] : [contact])),
        query,
      ),
    tombstones: async (limit) =>
      [...held]
        .flatMap(([id, holding]) => {
          const since = tombstoneSince(holding);
          return since === null ? [] : [{ id, since }];
        })
        .sort((one, other) => Date.parse(one.since) - Date.parse(other.since))
        .slice(0, limit),
    changes: feed.changes,
    gaps: createInMemoryGaps(() => [...held]),
  };
};
