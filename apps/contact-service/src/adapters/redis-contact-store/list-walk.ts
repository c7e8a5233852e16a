import { type Contact, isStub, type StoredContact } from '@contact-sync/domain';
import type { RedisConnection } from '@contact-sync/redis';
import type { ContactStore, ListQuery } from '../../ports.ts';
import { fromContactHash, type Hash } from './contact-hash.ts';
import { type ContactKeys, listShard } from './contact-keys.ts';
import { idAt, positionOf } from './list-index.ts';

/** How many positions one request looks at before it answers a short page with a cursor (design section 4). */
const maxExamined = 1_000;

type Found = { readonly position: string; readonly stored: StoredContact };

const isShown = (stored: StoredContact, includeDeleted: boolean): stored is Contact =>
  !isStub(stored) && (includeDeleted || stored.deletedAt === undefined);

/** The walk over an order's sorted set from one page to the next. */
export const createListWalk = (redis: RedisConnection, keys: ContactKeys): ContactStore['list'] => {
  const positionsAfter = ({ order, limit }: ListQuery, after: string | undefined): Promise<string[]> => {
    const key = keys.order(listShard, order.by);
    const from = after === undefined ? undefined : `(${after}`;
    return redis.use((client) =>
      order.descending
        ? client.zrevrangebylex(key, from ?? '+', '-', 'LIMIT', 0, limit)
        : client.zrangebylex(key, from ?? '-', '+', 'LIMIT', 0, limit),
    );
  };

  const readAll = async (positions: readonly string[], { order }: ListQuery): Promise<Found[]> => {
    if (positions.length === 0) return [];
    const hashes = (await redis.pipeline((pipeline) => {
      for (const position of positions) pipeline.hgetall(keys.contact(idAt(position)));
    })) as Hash[];
    return positions.flatMap((position, index) => {
      const stored = fromContactHash(hashes[index] ?? {});
      // One that moved in between is met again, or was met before, at its new place.
      return stored !== null && positionOf(stored, order.by) === position ? [{ position, stored }] : [];
    });
  };

  return async (query) => {
    const items: Contact[] = [];
    let after = query.after;
    for (let examined = 0; examined < maxExamined; examined += query.limit) {
      const positions = await positionsAfter(query, after);
      for (const { position, stored } of await readAll(positions, query)) {
        if (!isShown(stored, query.includeDeleted)) continue;
        items.push(stored);
        if (items.length === query.limit) return { items, next: position };
      }
      if (positions.length < query.limit) return { items };
      after = positions.at(-1);
    }
    return { items, ...(after !== undefined && { next: after }) };
  };
};
