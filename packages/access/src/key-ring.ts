import { AppError } from '@contact-sync/domain';
import { type JwksSource, readKeySet } from './jwks.ts';

/** The public keys that tokens may be signed with. */
export type KeyRing = {
  /**
   * The PEM key of that id; undefined where auth-service publishes none.
   *
   * @throws {AppError} DEPENDENCY_UNAVAILABLE where that cannot be known now.
   */
  readonly keyOf: (keyId: string) => Promise<string | undefined>;
  /** Whether a key of that id is published, as of a load that is not overdue; else `keyOf` makes one. */
  readonly trusts: (keyId: string) => boolean;
  /** Readiness: resolves once keys have been loaded; tries to load them until then. */
  readonly ready: () => Promise<void>;
  readonly close: () => Promise<void>;
};

/** How long a withdrawn key may still be used, in milliseconds; longer only while auth-service is away. */
const FRESH_MS = 300_000;
/** When keys are loaded anew by the clock: early enough for the load to be done in time. */
const REFRESH_MS = 240_000;
/** Least time between two loads that an unknown key id, stale keys or a failed load ask for, in milliseconds. */
const RELOAD_INTERVAL_MS = 30_000;
/** Least time between two tries while there are no keys at all, in milliseconds. */
const FIRST_LOAD_INTERVAL_MS = 1_000;

const unavailable = (cause?: unknown): AppError =>
  new AppError('DEPENDENCY_UNAVAILABLE', {
    message: 'Tokens cannot be verified right now.',
    internal: 'the keys of auth-service could not be loaded',
    cause,
    retryable: true,
  });

/**
 * Keeps the published keys at hand from the first load until `close`. Known keys stay in use while auth-service is away; a
 * key that it has withdrawn is dropped within five minutes, also where nobody asks; unknown key ids cause at most one load
 * in 30 s, however many ask (reliability 29).
 */
export const createKeyRing = (source: JwksSource, clock: () => number = Date.now): KeyRing => {
  let keys: ReadonlyMap<string, string> = new Map();
  let triedAt = Number.NEGATIVE_INFINITY;
  let loadedAt = Number.NEGATIVE_INFINITY;
  let failure: { readonly cause: unknown } | undefined;
  let loading: Promise<void> | undefined;
  let refresh: NodeJS.Timeout | undefined;
  let isClosed = false;

  const load = async () => {
    triedAt = clock();
    try {
      const loaded = readKeySet(await source.load());
      if (loaded.size === 0) throw new Error('the key set holds no usable key');
      keys = loaded;
      loadedAt = clock();
      failure = undefined;
    } catch (cause) {
      failure = { cause };
    }
  };
  const begin = (): Promise<void> => {
    clearTimeout(refresh);
    loading ??= load().finally(() => {
      loading = undefined;
      if (!isClosed) refresh = setTimeout(begin, failure ? RELOAD_INTERVAL_MS : REFRESH_MS).unref();
    });
    return loading;
  };
  const reload = async (): Promise<void> => {
    const interval = keys.size === 0 ? FIRST_LOAD_INTERVAL_MS : RELOAD_INTERVAL_MS;
    if (loading || clock() - triedAt >= interval) await begin();
  };

  /** The timer was late, as when the process has slept; a load that failed is no reason to wait for another. */
  const isOverdue = (): boolean => keys.size > 0 && !failure && clock() - loadedAt >= FRESH_MS;

  return {
    keyOf: async (keyId) => {
      const known = isOverdue() ? undefined : keys.get(keyId);
      if (known !== undefined) return known;
      await reload();
      const loaded = keys.get(keyId);
      if (loaded === undefined && failure) throw unavailable(failure.cause);
      return loaded;
    },
    trusts: (keyId) => !isOverdue() && keys.has(keyId),
    ready: async () => {
      if (keys.size === 0) await reload();
      if (keys.size === 0) throw unavailable(failure?.cause);
    },
    close: async () => {
      isClosed = true;
      clearTimeout(refresh);
      await source.close();
    },
  };
};
