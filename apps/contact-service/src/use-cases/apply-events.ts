import {
  type ApplyResult,
  type ContactMapping,
  type Decision,
  decide,
  type SourceEnvelope,
  type StoredContact,
} from '@contact-sync/domain';
import type { Static } from 'typebox';
import type { ContactStore, ContactWrite, Snapshot } from '../ports.ts';

export type ApplyPorts = {
  readonly store: ContactStore;
  readonly mapping: ContactMapping;
  /** ISO 8601, UTC. */
  readonly now: () => string;
};

type Event = Static<typeof SourceEnvelope>;
type Item = { readonly index: number; readonly event: Event };

/** A contact's events of one batch, in their order. */
type Group = { readonly id: string; readonly items: readonly Item[] };

type Plan = { readonly write: ContactWrite | null; readonly results: ReadonlyMap<number, ApplyResult> };

// Each failed try means that somebody else's write succeeded, so the group as a whole moves on.
const MAX_TRIES = 20;

// What was read and decided is let go before the next ones are read: what a whole batch holds outlives V8's young
// generation, and costs an event a tenth.
const CONTACTS_AT_ONCE = 50;

// While Redis works on one slice of a batch, the next is decided.
const SLICES_AT_ONCE = 2;

const groupByContact = (events: readonly Event[]): Group[] => {
  const items = events.map((event, index) => ({ index, event }));
  return [...Map.groupBy(items, ({ event }) => event.contactId)].map(([id, found]) => ({ id, items: found }));
};

const slicesOf = <Item>(items: readonly Item[], size: number): Item[][] =>
  Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  );

const resultOf = (eventId: string, decision: Decision): ApplyResult => {
  if (decision.kind === 'fault') {
    const { code, retryable, pointer } = decision;
    return { eventId, code, retryable, ...(pointer !== undefined && { pointer }) };
  }
  const version = decision.kind === 'applied' ? decision.change?.contact.version : undefined;
  const made = decision.kind === 'recorded' ? decision.version : version;
  return { eventId, fate: decision.fate, ...(made !== undefined && { version: made }) };
};

/** Decides a contact's events one after the other, each on what the one before it leaves. */
const plan = ({ id, items }: Group, before: Snapshot, mapping: ContactMapping, now: string): Plan => {
  let { mirror, contact } = before;
  let changed: StoredContact | null = null;
  const history: ContactWrite['history'][number][] = [];
  const outgoing: ContactWrite['outgoing'][number][] = [];
  const results = new Map<number, ApplyResult>();
  for (const { index, event } of items) {
    const decision = decide({ mirror, contact, event, mapping, now });
    results.set(index, resultOf(event.eventId, decision));
    if (decision.kind === 'noted' || decision.kind === 'applied') mirror = decision.mirror;
    if (decision.kind !== 'applied') continue;
    history.push(decision.history);
    if (decision.change === null) continue;
    contact = decision.change.contact;
    changed = contact;
    outgoing.push(decision.change);
  }
  const write = mirror === before.mirror ? null : { id, before, mirror, contact: changed, history, outgoing };
  return { write, results };
};

const movedTooOften = (group: Group): [number, ApplyResult][] =>
  group.items.map(({ index, event }) => [
    index,
    { eventId: event.eventId, code: 'CONFLICT', retryable: true },
  ]);

/** What a group came to, if its write does. */
type Tried = { readonly group: Group; readonly results: Plan['results'] };

/**
 * Decides and begins to write. What was read and decided is let go with the return: held until the writes are answered,
 * V8 copies it with every collection, which cost an event an eighth.
 */
const begin = (
  { store, mapping, now }: ApplyPorts,
  groups: readonly Group[],
  snapshots: readonly Snapshot[],
  dryRun: boolean,
) => {
  const at = now();
  const [settled, writing]: [Tried[], Tried[]] = [[], []];
  const writes: ContactWrite[] = [];
  for (const [index, group] of groups.entries()) {
    const before = snapshots[index];
    if (!before) continue;
    const { write, results } = plan(group, before, mapping, at);
    if (write === null || dryRun) {
      settled.push({ group, results });
    } else {
      writing.push({ group, results });
      writes.push(write);
    }
  }
  return { settled, writing, outcomes: store.commit(writes) };
};

const keep = (results: Map<number, ApplyResult>, { results: made }: Tried): void => {
  for (const [index, result] of made) results.set(index, result);
};

/** One try for every group; answers those whose contact moved in between. */
const applyOnce = async (
  ports: ApplyPorts,
  groups: readonly Group[],
  results: Map<number, ApplyResult>,
  dryRun: boolean,
): Promise<Group[]> => {
  const ids = groups.map(({ id }) => id);
  const { settled, writing, outcomes } = begin(ports, groups, await ports.store.load(ids), dryRun);
  for (const tried of settled) keep(results, tried);
  const moved: Group[] = [];
  for (const [index, outcome] of (await outcomes).entries()) {
    const tried = writing[index];
    if (tried === undefined) continue;
    if (outcome === 'moved') moved.push(tried.group);
    else keep(results, tried);
  }
  return moved;
};

/** Tries groups until none is moved by somebody else in between, or too often. */
const applyGroups = async (
  ports: ApplyPorts,
  groups: readonly Group[],
  results: Map<number, ApplyResult>,
  dryRun: boolean,
): Promise<void> => {
  let open = groups;
  for (let tries = 0; open.length > 0 && tries < MAX_TRIES; tries += 1) {
    open = await applyOnce(ports, open, results, dryRun);
  }
  for (const [index, result] of open.flatMap(movedTooOften)) results.set(index, result);
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
  options: { readonly dryRun: boolean } = { dryRun: false },
): Promise<ApplyResult[]> => {
  const results = new Map<number, ApplyResult>();
  const groups = groupByContact(events);
  const slices = slicesOf(groups, CONTACTS_AT_ONCE).values();
  const lane = async (): Promise<void> => {
    for (const slice of slices) await applyGroups(ports, slice, results, options.dryRun);
  };
  const ends = await Promise.allSettled(Array.from({ length: SLICES_AT_ONCE }, lane));
  // Nothing of the batch is written any more once it is answered.
  for (const end of ends) if (end.status === 'rejected') throw end.reason;
  return events.flatMap((_, index) => results.get(index) ?? []);
};
