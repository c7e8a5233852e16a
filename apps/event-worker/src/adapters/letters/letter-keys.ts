import { createKeys, shards } from '@contact-sync/redis';

/** Where the index of letters stands in Redis. */
export const createLetterKeys = (prefix = '') => {
  const keys = createKeys('worker', { prefix });
  const shard = shards[0] ?? 0;
  const own = (...parts: readonly [string, ...string[]]) => keys.inShard(shard, 'letters', ...parts);
  return {
    /** Hash: the revision, the place of each partition, and how many letters were dropped. */
    state: own('state'),
    /** Hash: entries as JSON by id. */
    entries: own('entries'),
    /** Lexical sets of positions (see `letter-order.ts`). Of open letters: */
    open: own('open'),
    /** Of all others, decisions of which no letter is known among them. */
    closed: own('closed'),
    /** Of open letters, by fingerprint. */
    fingerprint: (fingerprint: string) => own('fingerprint', fingerprint),
    /** Set: fingerprints that open letters have. */
    fingerprints: own('fingerprints'),
    /** Of all letters of a contact, of an event, and of those that came back from a replay. */
    contact: (id: string) => own('contact', id),
    event: (id: string) => own('event', id),
    replay: (id: string) => own('replay', id),
    /** Matches all of them. */
    pattern: `${own('').replace(/[{}]/g, '?')}*`,
  };
};

export type LetterKeys = ReturnType<typeof createLetterKeys>;
