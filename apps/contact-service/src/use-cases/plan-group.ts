import {
  type ApplyResult,
  type ContactMapping,
  type Decision,
  decide,
  externalIdHash,
  mirrorAfter,
  type NextMirror,
  type SourceEnvelope,
  type StoredContact,
} from '@contact-sync/domain';
import type { Static } from 'typebox';
import type { ContactWrite, Snapshot } from '../ports.ts';

export type Event = Static<typeof SourceEnvelope>;

/** An event and its place in the batch. */
type Item = { readonly index: number; readonly event: Event };

/** A contact's events of one batch, in their order, and the external ids that they carry, hashed. */
export type Group = {
  readonly id: string;
  readonly items: readonly Item[];
  readonly externalIds: readonly string[];
};

/** What a group comes to if its write does, in the order of its items; without a write it comes to it at once. */
export type Plan = { readonly write: ContactWrite | null; readonly results: readonly ApplyResult[] };

export const groupByContact = (events: readonly Event[]): Group[] => {
  const items = events.map((event, index) => ({ index, event }));
  return [...Map.groupBy(items, ({ event }) => event.contactId)].map(([id, found]) => ({
    id,
    items: found,
    externalIds: found.flatMap(({ event }) => externalIdHash(event.extra) ?? []),
  }));
};

const isOfErased = (event: Event, blocked: ReadonlySet<string>): boolean => {
  if (blocked.size === 0) return false;
  const hashed = externalIdHash(event.extra);
  return hashed !== null && blocked.has(hashed);
};

const resultOf = (eventId: string, decision: Decision): ApplyResult => {
  if (decision.kind === 'fault') {
    const { code, retryable, pointer } = decision;
    return { eventId, code, retryable, ...(pointer !== undefined && { pointer }) };
  }
  const version = decision.kind === 'applied' ? decision.change?.contact.version : undefined;
  const made = decision.kind === 'recorded' ? decision.version : version;
  return { eventId, fate: decision.fate, ...(made !== undefined && { version: made }) };
};

/** The result with what would change; for dry runs, of which nothing else tells. */
const resultWithChanges = (eventId: string, decision: Decision): ApplyResult => {
  const result = resultOf(eventId, decision);
  return decision.kind === 'applied' ? { ...result, changes: [...decision.history.changes] } : result;
};

/** What an earlier event of the batch took is still to be written where a later one keeps it. */
const withTaken = (next: NextMirror, earlier: NextMirror | null): NextMirror =>
  next.taken === 'kept' && earlier !== null ? { ...next, taken: earlier.taken } : next;

/** What a group is decided on. */
export type Ground = {
  readonly before: Snapshot;
  /** Of the external ids of its events those that are of erased contacts. */
  readonly blocked: ReadonlySet<string>;
  readonly mapping: ContactMapping;
  /** ISO 8601, UTC. */
  readonly now: string;
  /** Whether the results tell what would change. */
  readonly dryRun: boolean;
};

/** Decides a contact's events one after the other, each on what the one before it leaves. */
export const planGroup = (
  { id, items, externalIds }: Group,
  { before, blocked, mapping, now, dryRun }: Ground,
): Plan => {
  const toResult = dryRun ? resultWithChanges : resultOf;
  let { mirror: held, contact } = before;
  let mirror: NextMirror | null = null;
  let changed: StoredContact | null = null;
  const history: ContactWrite['history'][number][] = [];
  const outgoing: ContactWrite['outgoing'][number][] = [];
  const results: ApplyResult[] = [];
  for (const { event } of items) {
    if (isOfErased(event, blocked)) {
      results.push({ eventId: event.eventId, fate: 'superseded' });
      continue;
    }
    const decision = decide({ mirror: held, contact, event, mapping, now });
    results.push(toResult(event.eventId, decision));
    if (decision.kind === 'noted' || decision.kind === 'applied') {
      held = mirrorAfter(held, decision.mirror);
      mirror = withTaken(decision.mirror, mirror);
    }
    if (decision.kind !== 'applied') continue;
    history.push(decision.history);
    if (decision.change === null) continue;
    contact = decision.change.contact;
    changed = contact;
    outgoing.push(decision.change);
  }
  if (mirror === null) return { write: null, results };
  const write = { id, before, mirror, contact: changed, history, outgoing };
  const passed = externalIds.filter((hashed) => !blocked.has(hashed));
  return { write: passed.length === 0 ? write : { ...write, externalIds: passed }, results };
};
