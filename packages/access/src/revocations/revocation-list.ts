import type { Revocation } from '@contact-sync/api-contracts';
import type { Principal } from '../principal.ts';

/** What of a verified token is compared with what was revoked. */
export type RevocableToken = {
  readonly principal: Pick<Principal, 'id' | 'sessionId' | 'epoch'>;
  readonly keyId: string;
};

/** What was revoked and could still be presented. */
export type RevocationList = {
  /** Lists these too. */
  readonly add: (revocations: readonly Revocation[]) => void;
  /** Lists these and nothing else. */
  readonly replace: (revocations: readonly Revocation[]) => void;
  readonly revokes: (token: RevocableToken) => boolean;
  readonly size: () => number;
  /** Drops what no token that lives can be of any more; looks at most once in 10 s. */
  readonly sweep: () => void;
};

const SWEEP_INTERVAL_S = 10;

type Entry = { readonly until: number };

const emptyLists = () => ({
  sessions: new Map<string, Entry>(),
  subjects: new Map<string, Entry & { readonly epoch: number }>(),
  keys: new Map<string, Entry>(),
});

type Lists = ReturnType<typeof emptyLists>;

const put = ({ sessions, subjects, keys }: Lists, revocation: Revocation): void => {
  const { kind, until } = revocation;
  if (kind === 'session') sessions.set(revocation.sid, { until });
  else if (kind === 'key') keys.set(revocation.kid, { until });
  else {
    const { sub, epoch } = revocation;
    const known = subjects.get(sub);
    // Whatever order they come in, an epoch never sinks.
    if (!known || known.epoch <= epoch) subjects.set(sub, { epoch, until });
  }
};

/**
 * A list in memory, bounded by how many tokens are revoked within the life of one: an entry goes once its `until` has
 * passed by the clock that tokens expire by. `now` gives Unix seconds.
 */
export const createRevocationList = (now: () => number = () => Date.now() / 1_000): RevocationList => {
  let lists = emptyLists();
  let sweptAt = now();
  const add = (revocations: readonly Revocation[]): void => {
    for (const revocation of revocations) put(lists, revocation);
  };
  return {
    add,
    replace: (revocations) => {
      lists = emptyLists();
      add(revocations);
    },
    revokes: ({ principal: { id, sessionId, epoch }, keyId }) =>
      lists.sessions.has(sessionId) || epoch < (lists.subjects.get(id)?.epoch ?? 0) || lists.keys.has(keyId),
    size: () => lists.sessions.size + lists.subjects.size + lists.keys.size,
    sweep: () => {
      const at = now();
      if (at - sweptAt < SWEEP_INTERVAL_S) return;
      sweptAt = at;
      for (const entries of Object.values<Map<string, Entry>>(lists)) {
        for (const [name, { until }] of entries) if (until < at) entries.delete(name);
      }
    },
  };
};
