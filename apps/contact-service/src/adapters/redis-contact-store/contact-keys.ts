import { createKeys, type Keys, shardOf, shards } from '@contact-sync/redis';
import { foldVersion } from '../../domain/lists/fold-text.ts';
import { type StandingOrder, standingOrders } from '../../domain/lists/list-position.ts';
import { createHeldKeys, type HeldKeys } from '../redis-outbox/held-keys.ts';

/** The keys of contacts and mirrors. All keys of one contact are in one shard, so that one script may touch them. */
export type ContactKeys = {
  readonly mirror: (id: string) => string;
  readonly contact: (id: string) => string;
  readonly history: (id: string) => string;
  readonly answer: (id: string, scope: string) => string;
  readonly answers: (id: string, owner: string) => string;
  readonly outbox: (id: string) => string;
  readonly held: HeldKeys;
  readonly order: (shard: number, order: StandingOrder) => string;
  readonly filters: (shard: number) => string;
  /** Indexes of the fold before, which are built anew (ADR 26). */
  readonly outdated: (shard: number) => readonly string[];
  readonly deleted: (shard: number) => string;
  /** Runs of versions that have not come, by the millisecond in which they were noticed. */
  readonly gaps: (shard: number) => string;
  /** Hash: external ids of erased contacts, hashed, with the contact. */
  readonly blocked: (shard: number) => string;
  /** Hash: the scopes of the answers that tell of a contact, of one day. */
  readonly answered: (id: string, day: number) => string;
  /** The conflict inbox: entries as JSON, by the millisecond of their time. */
  readonly conflicts: (shard: number) => string;
  /** Who numbers changes, and how far. */
  readonly feed: (shard: number) => string;
  /** Contacts by the number of their newest change. */
  readonly changes: (shard: number) => string;
};

/** Indexes of folded texts; entries of one fold are of no use under another. */
const folded: readonly StandingOrder[] = ['lastName', 'wholeName'];

/** `prefix` sets a test's keys apart. */
export const createContactKeys = (prefix = ''): ContactKeys => {
  const acme = createKeys('acme', { prefix });
  const integration = createKeys('integration', { prefix });
  // A key that a whole shard has one of is named in every write.
  const once = (...parts: readonly string[]): readonly string[] =>
    shards.map((shard) => integration.inShard(shard, ...parts));
  const named = <Named>(byShard: readonly Named[] | undefined, shard: number): Named => {
    const found = byShard?.[shard];
    if (found === undefined) throw new RangeError(`there is no shard ${shard}`);
    return found;
  };
  const fold = String(foldVersion);
  const [outbox, filters, deleted] = [once('outbox'), once('filters', fold), once('deleted')];
  const [blocked, gaps, conflicts] = [once('blocked'), once('gaps'), once('conflicts')];
  const [feed, changes] = [once('feed'), once('changes')];
  const orders = new Map(
    standingOrders.map((order) => [order, once('order', order, ...(folded.includes(order) ? [fold] : []))]),
  );
  const outdated = [...folded.map((order) => once('order', order)), once('filters')];
  const families = (keys: Keys, part: string): ((id: string) => string) => {
    const byShard = shards.map((shard) => keys.family(shard, part));
    return (id) => named(byShard, shardOf(id))(id);
  };
  return {
    mirror: families(acme, 'mirror'),
    contact: families(integration, 'contact'),
    history: families(integration, 'history'),
    answer: (id, scope) => integration.inShard(shardOf(id), 'answer', scope),
    answers: (id, owner) => integration.inShard(shardOf(id), 'answers', owner),
    outbox: (id) => named(outbox, shardOf(id)),
    held: createHeldKeys(prefix),
    order: (shard, order) => named(orders.get(order), shard),
    filters: (shard) => named(filters, shard),
    outdated: (shard) => outdated.map((byShard) => named(byShard, shard)),
    deleted: (shard) => named(deleted, shard),
    gaps: (shard) => named(gaps, shard),
    blocked: (shard) => named(blocked, shard),
    answered: (id, day) => integration.inShard(shardOf(id), 'answered', day, id),
    conflicts: (shard) => named(conflicts, shard),
    feed: (shard) => named(feed, shard),
    changes: (shard) => named(changes, shard),
  };
};

/** Lists walk the sorted sets of one shard; there is one shard today, and a second one needs a merge here. */
export const listShard = shards[0] ?? 0;
