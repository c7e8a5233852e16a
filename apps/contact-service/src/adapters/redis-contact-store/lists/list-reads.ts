import type { RedisConnection } from '@contact-sync/redis';
import { idOfReference, type PlaceFacts } from '../../../domain/lists/list-position.ts';
import { fromContactHash } from '../contact-hash.ts';
import { type ContactKeys, listShard } from '../contact-keys.ts';
import { readAll } from '../read-hashes.ts';
import { deletedHead } from './list-index.ts';

const placeFields = ['firstName', 'lastName', 'updatedAt'];

/** What a list reads of the contacts that its indexes named. In the order of the references given. */
export const createListReads = (redis: RedisConnection, keys: ContactKeys) => {
  const keyOf = (reference: string): string => keys.contact(idOfReference(reference));
  return {
    /** The references of contacts that have every value, and of no deleted one unless `deleted` ones are wanted. */
    async keepThoseOf(
      references: readonly string[],
      { heads, deleted }: { readonly heads: readonly string[]; readonly deleted: boolean },
    ): Promise<string[]> {
      const tried = deleted ? heads : [...heads, deletedHead];
      if (references.length === 0 || tried.length === 0) return [...references];
      const members = references.flatMap((reference) => tried.map((head) => head + reference));
      const scores = await redis.use((client) => client.zmscore(keys.filters(listShard), ...members));
      return references.filter((_, index) =>
        tried.every((head, at) => (scores[index * tried.length + at] !== null) === (head !== deletedHead)),
      );
    },
    /** What their places depend on; null for one that is no longer there. */
    async facts(references: readonly string[]): Promise<(PlaceFacts | null)[]> {
      if (references.length === 0) return [];
      const rows = await readAll(
        redis,
        references.map((reference) => ({ key: keyOf(reference), fields: placeFields })),
      );
      return rows.map(({ firstName, lastName, updatedAt }) =>
        firstName && lastName && updatedAt ? { firstName, lastName, updatedAt } : null,
      );
    },
    async contacts(references: readonly string[]) {
      if (references.length === 0) return [];
      const hashes = await readAll(
        redis,
        references.map((reference) => ({ key: keyOf(reference) })),
      );
      return hashes.map(fromContactHash);
    },
  };
};

export type ListReads = ReturnType<typeof createListReads>;
