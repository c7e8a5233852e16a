import { type Contact, isStub } from '@contact-sync/domain';
import type { RedisConnection } from '@contact-sync/redis';
import { matches } from '../../../domain/lists/list-filters.ts';
import { positionOf, referenceOf } from '../../../domain/lists/list-position.ts';
import type { ContactStore, ListQuery } from '../../../ports.ts';
import { type ContactKeys, listShard } from '../contact-keys.ts';
import { candidateSets } from './candidate-set.ts';
import { createCandidates } from './candidates.ts';
import { countRange, prefixRange } from './index-range.ts';
import { type ListPlan, maxExamined, planList } from './list-plan.ts';
import { createListReads } from './list-reads.ts';
import { type Candidate, createSieve } from './sieve.ts';

type Listed = { readonly contact: Contact; readonly position: string };

/** Whether a contact that was read stands where an index said, and is one that the list holds. */
const isListed = (contact: Contact, position: string, query: ListQuery): boolean => {
  const { order, filters = {}, includeDeleted } = query;
  return (
    (includeDeleted || contact.deletedAt === undefined) &&
    matches(contact, filters) &&
    // One that moved in between is met again, or was met before, at its new place.
    positionOf(order.by, referenceOf(contact), contact, filters.q) === position
  );
};

/** The walk over a list from one page to the next; which indexes it takes may change from page to page. */
export const createListWalk = (redis: RedisConnection, keys: ContactKeys): ContactStore['list'] => {
  const reads = createListReads(redis, keys);
  const candidates = createCandidates(redis, createSieve(reads));

  const choose = async (query: ListQuery): Promise<ListPlan> => {
    const { order, limit } = query;
    const sets = candidateSets(keys, query);
    const [only] = sets;
    if (only && sets.length === 1) return { way: 'walk', set: only, step: limit + 1 };
    const ranges = [
      prefixRange(keys.order(listShard, 'updatedAt'), ''),
      ...sets.flatMap((set) => set.ranges),
    ];
    const [total = 0, ...counts] = await Promise.all(ranges.map((range) => countRange(redis, range)));
    const counted = sets.map((set) => {
      const count = counts.splice(0, set.ranges.length).reduce((sum, some) => sum + some, 0);
      return { set, count };
    });
    return planList(counted, { by: order.by, limit, total });
  };

  /** Up to `limit` contacts of the candidates, and whether some were not looked at. */
  const read = async (query: ListQuery, found: readonly Candidate[], limit: number) => {
    const listed: Listed[] = [];
    let at = 0;
    while (listed.length < limit && at < found.length) {
      const some = found.slice(at, at + limit - listed.length);
      at += some.length;
      const stored = await reads.contacts(some.map(({ reference }) => reference));
      for (const [index, contact] of stored.entries()) {
        const position = some[index]?.position ?? '';
        if (contact === null || isStub(contact) || !isListed(contact, position, query)) continue;
        listed.push({ contact, position });
      }
    }
    return { listed, isLeft: at < found.length };
  };

  return async (query) => {
    const { limit } = query;
    const plan = await choose(query);
    const items: Contact[] = [];
    let after = query.after;
    for (let examined = 0, step = plan.step; ; step *= 2) {
      const batch =
        plan.way === 'gather'
          ? await candidates.gather(query, plan.set, after)
          : await candidates.walk(query, plan.set, { after, limit: Math.min(step, maxExamined - examined) });
      const { listed, isLeft } = await read(query, batch.found, limit - items.length);
      items.push(...listed.map(({ contact }) => contact));
      if (isLeft) return { items, next: listed.at(-1)?.position ?? '' };
      if (batch.isEnd || batch.last === undefined) return { items };
      examined += batch.examined;
      after = batch.last;
      if (items.length === limit || examined >= maxExamined) return { items, next: after };
    }
  };
};
