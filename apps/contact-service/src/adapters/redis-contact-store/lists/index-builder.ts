import type { RedisConnection } from '@contact-sync/redis';
import { type ContactKeys, listShard } from '../contact-keys.ts';
import { everyContact } from './every-contact.ts';
import { indexMoves } from './list-index.ts';
import { createListReads } from './list-reads.ts';

/**
 * Builds the indexes of folded texts anew where some of an older fold are there: every contact is in the present ones when
 * it is done, and the older ones are gone. A copy of an older release that still writes makes them again, so it is to be
 * asked again. Two that build at once do no harm.
 */
export const createIndexBuilder = (redis: RedisConnection, keys: ContactKeys) => {
  const reads = createListReads(redis, keys);
  const outdated = keys.outdated(listShard);
  const setAside = outdated.map((key) => `${key}:outdated`);

  /** What is written under the old names from here on is of a contact that the walk may have passed. */
  const putAside = async (): Promise<boolean> => {
    for (const [index, key] of outdated.entries()) {
      const aside = setAside[index] ?? '';
      // Gone in between where another copy was first.
      await redis.use((client) =>
        client.rename(key, aside).catch((error: Error) => {
          if (!error.message.includes('no such key')) throw error;
        }),
      );
    }
    return (await redis.use((client) => client.exists(...setAside))) > 0;
  };

  // A list looks at the contact itself, so an entry of one that is changed meanwhile shows it nowhere that it is not.
  const index = async (references: readonly string[]): Promise<void> => {
    const contacts = await reads.contacts(references);
    const moves = contacts.flatMap((contact) =>
      contact === null ? [] : indexMoves(keys, contact.id, { before: null, after: contact }),
    );
    await redis.together(
      moves.map(({ key, entering }) => ['zadd', key, ...entering.flatMap((member) => ['0', member])]),
    );
  };

  return {
    /** How many contacts were indexed; 0 where nothing is outdated. */
    async build(): Promise<number> {
      if (!(await putAside())) return 0;
      let count = 0;
      for await (const references of everyContact(redis, keys)) {
        await index(references);
        count += references.length;
      }
      await redis.use((client) => client.unlink(...setAside));
      return count;
    },
  };
};
