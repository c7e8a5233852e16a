import type { ApplyResult, ContactMapping } from '@contact-sync/domain';
import type { ContactStore, ContactWrite, Snapshot } from '../ports.ts';
import type { Snapshots } from './link-group.ts';
import { type Event, type Group, groupByContact, planGroup } from './plan-group.ts';

export type ApplyPorts = {
  readonly store: ContactStore;
  readonly mapping: ContactMapping;
  /** ISO 8601, UTC. */
  readonly now: () => string;
};

type Options = { readonly dryRun: boolean };

// Each failed try means that somebody else's write succeeded, so the group as a whole moves on.
const MAX_TRIES = 20;

// What a whole batch holds outlives V8's young generation, which costs an event a tenth.
const CONTACTS_AT_ONCE = 50;

// While Redis works on one slice of a batch, the next is decided.
const SLICES_AT_ONCE = 2;

const slicesOf = <Item>(items: readonly Item[], size: number): Item[][] =>
  Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  );

/** What is owed one for one: a shorter answer would be taken for that of other events. */
const owed = <Value>(value: Value | undefined, what: string): Value => {
  if (value === undefined) throw new TypeError(`${what} of a batch was lost.`);
  return value;
};

const movedTooOften = ({ items }: Group): ApplyResult[] =>
  items.map(({ event }) => ({ eventId: event.eventId, code: 'CONFLICT', retryable: true }));

/** A group with what it comes to: at once, or as soon as its write has been taken. */
type Tried = {
  readonly group: Group;
  readonly results: readonly ApplyResult[];
  readonly isWritten: boolean;
};

const loadInto = async (
  held: Map<string, Snapshot>,
  store: ContactStore,
  ids: readonly string[],
): Promise<void> => {
  const snapshots = await store.load(ids);
  for (const [index, id] of ids.entries()) held.set(id, owed(snapshots[index], 'A snapshot'));
};

/** What is held of the contacts of these groups, of those that their events name, and of those that they are linked with. */
const loadFor = async (store: ContactStore, groups: readonly Group[]): Promise<Snapshots> => {
  const held = new Map<string, Snapshot>();
  await loadInto(held, store, [...new Set(groups.flatMap(({ id, named }) => [id, ...named]))]);
  const linked = groups.flatMap(({ id }) => held.get(id)?.linkedTo ?? []).filter((id) => !held.has(id));
  if (linked.length > 0) await loadInto(held, store, linked);
  return held;
};

/**
 * Reads, decides and begins to write; what was read and decided is let go with the return, before the writes are
 * answered: held longer, V8 copies it with every collection, which costs an event an eighth.
 */
const begin = async ({ store, mapping, now }: ApplyPorts, groups: readonly Group[], { dryRun }: Options) => {
  // Asked in one turn, and so in one trip.
  const [held, blocked] = await Promise.all([
    loadFor(store, groups),
    store.blockedAmong(groups.flatMap(({ externalIds }) => externalIds)),
  ]);
  const at = now();
  const writes: ContactWrite[] = [];
  const tried = groups.map((group): Tried => {
    const { write, results } = planGroup(group, {
      held,
      blocked,
      mapping,
      now: at,
      dryRun,
    });
    const isWritten = write !== null && !dryRun;
    if (isWritten) writes.push(write);
    return { group, results, isWritten };
  });
  return { tried, outcomes: store.commit(writes) };
};

/** A batch's results by the place of their events, as they come to be known. */
type Results = ApplyResult[];

const settle = (results: Results, { items }: Group, made: readonly ApplyResult[]): void => {
  for (const [at, { index }] of items.entries()) results[index] = owed(made[at], 'A result');
};

/** One try for every group; answers those whose contact moved in between. */
const applyOnce = async (
  ports: ApplyPorts,
  groups: readonly Group[],
  results: Results,
  options: Options,
): Promise<Group[]> => {
  const { tried, outcomes } = await begin(ports, groups, options);
  const written = (await outcomes).values();
  return tried.flatMap(({ group, results: made, isWritten }) => {
    if (isWritten && owed(written.next().value, 'An outcome') === 'moved') return [group];
    settle(results, group, made);
    return [];
  });
};

/** Tries groups until none is moved by somebody else in between, or too often. */
const applyGroups = async (
  ports: ApplyPorts,
  groups: readonly Group[],
  results: Results,
  options: Options,
): Promise<void> => {
  let open = groups;
  for (let tries = 0; open.length > 0 && tries < MAX_TRIES; tries += 1) {
    open = await applyOnce(ports, open, results, options);
  }
  for (const group of open) settle(results, group, movedTooOften(group));
};

/**
 * Applies a batch (design rule 2): one outcome an event, in the batch's order; events of one contact in sequence.
 * Repeating a batch gives the same outcomes and changes nothing more. A dry run writes nothing.
 *
 * @throws {AppError} retryable, where the store is away; whatever was written by then is found again by a repeat.
 */
export const applyEvents = async (
  ports: ApplyPorts,
  events: readonly Event[],
  options: Options = { dryRun: false },
): Promise<ApplyResult[]> => {
  const results: Results = [];
  const slices = slicesOf(groupByContact(events), CONTACTS_AT_ONCE).values();
  const lane = async (): Promise<void> => {
    for (const slice of slices) await applyGroups(ports, slice, results, options);
  };
  const ends = await Promise.allSettled(Array.from({ length: SLICES_AT_ONCE }, lane));
  // Nothing of the batch is written any more once it is answered.
  for (const end of ends) if (end.status === 'rejected') throw end.reason;
  return events.map((_, index) => owed(results[index], 'A result'));
};
