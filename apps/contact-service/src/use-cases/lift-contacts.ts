import { AppError, eraseContact, type Lift, lift } from '@contact-sync/domain';
import type { ContactStore, ContactWrite, Snapshot } from '../ports.ts';

export type LiftPorts = {
  readonly store: Pick<ContactStore, 'load' | 'commit'>;
  /** ISO 8601, UTC. */
  readonly now: () => string;
};

/** A contact and the highest version of it that others were told of. */
export type Published = {
  readonly id: string;
  readonly version: number;
  /** By that version they were told that it is erased for good. */
  readonly erased?: boolean | undefined;
};

// Each lost race means that somebody else's write succeeded.
const MAX_TRIES = 20;

const writeOf = (id: string, before: Snapshot, lifted: Exclude<Lift, { kind: 'current' }>): ContactWrite => {
  const write = { id, before, mirror: null };
  return lifted.kind === 'stub'
    ? { ...write, contact: lifted.contact, history: [], outgoing: [] }
    : {
        ...write,
        contact: lifted.change.contact,
        history: [lifted.history],
        outgoing: [lifted.change],
      };
};

/** The erasure once more, which was lost with its block: what comes of the contact is not taken. */
const erasureOf = (id: string, before: Snapshot, above: number, now: string): ContactWrite => {
  const { stub, change } = eraseContact(before, { id, by: 'rewind', now, above });
  return { id, before, mirror: null, contact: stub, history: [], outgoing: [change] };
};

/** The contacts below what was published, each with its write. */
const writesFor = async ({ store, now }: LiftPorts, published: readonly Published[]) => {
  const snapshots = await store.load(published.map(({ id }) => id));
  const at = now();
  return published.flatMap(({ id, version, erased = false }, index): ContactWrite[] => {
    const before = snapshots[index];
    if (before === undefined) return [];
    if (erased) return (before.contact?.version ?? 0) < version ? [erasureOf(id, before, version, at)] : [];
    const lifted = lift({ id, contact: before.contact, published: version, now: at });
    return lifted.kind === 'current' ? [] : [writeOf(id, before, lifted)];
  });
};

/**
 * Lifts contacts above the versions of them that were published, and erases those that were told of as erased; gives the ids of those that were below. A dry run writes
 * nothing. Repeating is harmless.
 *
 * @throws {AppError} retryable.
 */
export const liftContacts = async (
  ports: LiftPorts,
  published: readonly Published[],
  { dryRun }: { readonly dryRun: boolean },
): Promise<string[]> => {
  const lifted: string[] = [];
  let open = published;
  for (let tries = 0; open.length > 0 && tries < MAX_TRIES; tries += 1) {
    const writes = await writesFor(ports, open);
    const outcomes = dryRun ? writes.map(() => 'written') : await ports.store.commit(writes);
    const moved = new Set(writes.filter((_, index) => outcomes[index] === 'moved').map(({ id }) => id));
    lifted.push(...writes.map(({ id }) => id).filter((id) => !moved.has(id)));
    open = open.filter(({ id }) => moved.has(id));
  }
  if (open.length === 0) return lifted;
  throw new AppError('CONFLICT', { message: 'Contacts moved too often.', retryable: true });
};
