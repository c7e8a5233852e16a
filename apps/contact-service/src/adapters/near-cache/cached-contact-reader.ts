import type { RedisConnection } from '@contact-sync/redis';
import type { ContactJson, ContactReader, ContactStore } from '../../ports.ts';
import { createNearCache, type NearCacheEvents } from './near-cache.ts';
import { createTracking } from './tracking.ts';

export type CachedReaderOptions = {
  readonly redis: RedisConnection;
  readonly store: ContactStore;
  /** What the key of every contact starts with, and the way from such a key to the contact's id. */
  readonly keyPrefix: string;
  readonly events: NearCacheEvents;
  /** What the answers that are kept may take together. */
  readonly maxBytes: number;
};

/** How long an answer is served at most (design section 5). */
const maxAgeMs = 5_000;

/** The entry itself, its place in the map and what the map keeps of its use. */
const entryBytes = 300;

/** Two bytes a character is the most that a text takes. */
const bytesOf = (id: string, answer: ContactJson | null): number =>
  entryBytes + 2 * (id.length + (answer?.json.length ?? 0));

/**
 * Reads of single contacts through the near cache, and the store with which writes of this process invalidate it at
 * once. Another copy's write is seen within a second.
 */
export const createCachedContactReader = (
  options: CachedReaderOptions,
): {
  readonly reader: ContactReader;
  readonly store: ContactStore;
  /** What the answers that are kept take together. */
  readonly bytes: () => number;
  readonly close: () => void;
} => {
  const { redis, store, keyPrefix, events, maxBytes } = options;
  const cache = createNearCache<ContactJson | null>({
    load: store.contactJson,
    maxBytes,
    bytesOf,
    maxAgeMs,
    isTrusted: () => tracking.isArmed(),
    events,
  });
  const tracking = createTracking({
    redis,
    keyPrefix,
    onChanged: (keys) => cache.invalidate(keys.map((key) => key.slice(keyPrefix.length))),
    onDoubt: cache.flush,
  });
  return {
    reader: { read: cache.get },
    store: {
      ...store,
      commit: (writes) => {
        const ids = writes.map(({ id }) => id);
        // Also after a failure: the write may have happened.
        return store.commit(writes).finally(() => cache.invalidate(ids));
      },
    },
    bytes: cache.bytes,
    close: tracking.close,
  };
};
