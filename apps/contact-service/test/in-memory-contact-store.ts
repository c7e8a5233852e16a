import {
  type HistoryEntry,
  heldMirror,
  isStub,
  type Mirror,
  mirrorAfter,
  tombstoneSince,
  wholeMirror,
} from '@contact-sync/domain';
import type { KeptAnswer } from '../src/domain/idempotency.ts';
import type { ContactStore, ContactWrite, Snapshot } from '../src/ports.ts';
import { pageInMemory } from './in-memory-page.ts';

type Held = Omit<Snapshot, 'mirror'> & {
  readonly mirror: Mirror | null;
  readonly history: readonly HistoryEntry[];
};

const generation = 'a1';

const nothing: Held = { mirror: null, contact: null, sequence: 0, history: [] };

const stands = (held: Held, { before }: ContactWrite): boolean =>
  held.mirror?.revision === before.mirror?.revision &&
  held.contact?.version === before.contact?.version &&
  (held.contact !== null && isStub(held.contact)) === (before.contact !== null && isStub(before.contact));

const written = (held: Held, write: ContactWrite, historyLimit: number): Held => {
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
  const kept = new Map<string, KeptAnswer>();
  /** Ids in the order of their newest changes. */
  const changed = new Map<string, number>();
  let sequence = 0;
  const of = (id: string): Held => held.get(id) ?? nothing;
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
        const { answers: given = [] } = write;
        if (!stands(of(write.id), write) || given.some(({ scope }) => kept.has(scope))) return 'moved';
        for (const answer of given) kept.set(answer.scope, answer);
        held.set(write.id, written(of(write.id), write, historyLimit));
        if (write.outgoing.length > 0) {
          sequence += 1;
          changed.delete(write.id);
          changed.set(write.id, sequence);
        }
        return 'written';
      }),
    contact: async (id) => of(id).contact,
    contactJson: async (id) => {
      const { contact } = of(id);
      if (contact === null || isStub(contact)) return null;
      return { version: contact.version, json: JSON.stringify(contact) };
    },
    answers: async (_id, scopes) => new Map([...kept].filter(([scope]) => scopes.includes(scope))),
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
    changes: async ({ after, limit }) => {
      if (after && (after.generation !== generation || after.sequence > sequence)) return null;
      const from = after?.sequence ?? 0;
      const entries = [...changed]
        .filter(([, place]) => place > from)
        .slice(0, limit)
        .flatMap(([id, place]) => {
          const { contact } = of(id);
          if (contact === null) return [];
          const head = { sequence: place, id, version: contact.version };
          return isStub(contact) ? [head] : [{ ...head, contact }];
        });
      const last = entries.at(-1)?.sequence ?? from;
      return { generation, sequence: last, entries, isEnd: entries.length < limit };
    },
  };
};
