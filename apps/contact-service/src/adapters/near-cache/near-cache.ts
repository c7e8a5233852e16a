import { LRUCache } from 'lru-cache';

export type NearCacheEvents = {
  /** A read was answered from the cache, `ageMs` after it was filled. */
  readonly hit: (ageMs: number) => void;
  readonly miss: () => void;
  /** A read went past the cache: the caller asked for it, or the cache cannot be trusted now. */
  readonly bypass: () => void;
};

export type NearCacheOptions<Value> = {
  readonly load: (id: string) => Promise<Value>;
  /** What all entries may take together. */
  readonly maxBytes: number;
  /** What an entry takes, its key included. */
  readonly bytesOf: (id: string, value: Value) => number;
  /** How long an entry is served at most, in milliseconds. */
  readonly maxAgeMs: number;
  /** Whether invalidations are known to arrive. */
  readonly isTrusted: () => boolean;
  readonly events: NearCacheEvents;
  /** Milliseconds of a clock that never goes back. */
  readonly clock?: () => number;
};

export type NearCache<Value> = {
  /** `fresh` reads past the cache. */
  readonly get: (id: string, options?: { readonly fresh?: boolean }) => Promise<Value>;
  /** What is cached of these ids, or on its way into the cache, is not served any more. */
  readonly invalidate: (ids: Iterable<string>) => void;
  /** The same for every id. */
  readonly flush: () => void;
  /** What all entries take together. */
  readonly bytes: () => number;
};

type Entry<Value> = { readonly value: Value; readonly filledAt: number };

/**
 * Answers kept in this process (design section 5, "Near cache"). A read leaves a mark of its own; whatever makes the id
 * stale takes the mark away; an answer is kept only if its own mark still stands. So an answer that was read before a
 * write and arrives after it is never kept.
 */
export const createNearCache = <Value>(options: NearCacheOptions<Value>): NearCache<Value> => {
  const {
    load,
    maxBytes,
    bytesOf,
    maxAgeMs,
    isTrusted,
    events,
    clock = performance.now.bind(performance),
  } = options;
  const entries = new LRUCache<string, Entry<Value>>({
    maxSize: maxBytes,
    sizeCalculation: ({ value }, id) => bytesOf(id, value),
  });
  const marks = new Map<string, symbol>();

  const fill = async (id: string): Promise<Value> => {
    const mark = Symbol(id);
    marks.set(id, mark);
    try {
      const value = await load(id);
      if (marks.get(id) === mark && isTrusted()) entries.set(id, { value, filledAt: clock() });
      return value;
    } finally {
      if (marks.get(id) === mark) marks.delete(id);
    }
  };

  return {
    get: (id, { fresh = false } = {}) => {
      if (fresh || !isTrusted()) {
        events.bypass();
        return load(id);
      }
      // Without a note of its use: whatever is used is filled anew, and noted, once it is too old.
      const entry = entries.peek(id);
      const ageMs = entry ? clock() - entry.filledAt : Number.POSITIVE_INFINITY;
      if (entry && ageMs <= maxAgeMs) {
        events.hit(ageMs);
        return Promise.resolve(entry.value);
      }
      events.miss();
      return fill(id);
    },
    invalidate: (ids) => {
      for (const id of ids) {
        marks.delete(id);
        entries.delete(id);
      }
    },
    flush: () => {
      marks.clear();
      entries.clear();
    },
    bytes: () => entries.calculatedSize,
  };
};
