import { eventually } from '@contact-sync/testing';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createRevocationFeed, type RevocationFeed } from './revocation-feed.ts';
import type { RevokedSince } from './revocation-source.ts';

const until = Number.MAX_SAFE_INTEGER;
const session = (sid: string) => ({ kind: 'session', sid, until }) as const;
const tokenOf = (sessionId: string) => ({ principal: { id: 'ada', sessionId, epoch: 0 }, keyId: 'key-1' });

const feeds: RevocationFeed[] = [];

afterEach(async () => {
  for (const feed of feeds.splice(0)) await feed.close();
});

type Answer = RevokedSince | Error;

/** A feed whose source answers when it is told to, by a clock that goes when it is told to. */
const setUp = () => {
  const state = { now: 0, asked: [] as (string | undefined)[], closed: 0 };
  let pending = Promise.withResolvers<RevokedSince>();
  const logger = { info: vi.fn(), warn: vi.fn() };
  const feed = createRevocationFeed({
    source: {
      next: (cursor, signal) => {
        state.asked.push(cursor);
        pending = Promise.withResolvers();
        signal.addEventListener('abort', () => pending.reject(signal.reason));
        return pending.promise;
      },
      close: async () => {
        state.closed += 1;
      },
    },
    logger,
    clock: () => state.now,
  });
  feeds.push(feed);
  feed.start();
  /** Answers the question under way and waits for the next. */
  const answer = async (given: Answer) => {
    const before = state.asked.length;
    if (given instanceof Error) pending.reject(given);
    else pending.resolve(given);
    await eventually(() => state.asked.length > before);
  };
  const snapshot = (...sids: string[]) =>
    answer({ cursor: 'g.1', snapshot: true, revocations: sids.map(session) });
  return { state, feed, logger, answer, snapshot };
};

const heartbeat: RevokedSince = { cursor: 'g.1', snapshot: false, revocations: [] };

describe('createRevocationFeed', () => {
  it('knows nothing and is not ready before the first snapshot', async () => {
    const { feed, answer, snapshot } = setUp();
    expect(feed.standing()).toBe('unknown');
    await expect(feed.ready()).rejects.toThrow(/not yet told/);
    await answer(new Error('away'));
    expect(feed.standing()).toBe('unknown');
    await snapshot();
    await feed.ready();
    expect(feed.standing()).toBe('live');
  });

  it('takes no news for a snapshot where it has none', async () => {
    const { state, feed, answer } = setUp();
    await answer({ ...heartbeat, revocations: [session('a')] });
    expect([feed.standing(), feed.facts().entries, state.asked]).toEqual([
      'unknown',
      0,
      [undefined, undefined],
    ]);
  });

  it('asks from where it is, and adds what is new to what it has', async () => {
    const { state, feed, answer, snapshot } = setUp();
    await snapshot('a');
    await answer({ cursor: 'g.2', snapshot: false, revocations: [session('b')] });
    expect(state.asked).toEqual([undefined, 'g.1', 'g.2']);
    expect(['a', 'b', 'c'].map((sid) => feed.revokes(tokenOf(sid)))).toEqual([true, true, false]);
  });

  it('holds a new snapshot instead of what it had when the log is another', async () => {
    const { feed, answer, snapshot } = setUp();
    await snapshot('a');
    await answer({ cursor: 'h.1', snapshot: true, revocations: [session('b')] });
    expect(['a', 'b'].map((sid) => feed.revokes(tokenOf(sid)))).toEqual([false, true]);
    expect(feed.facts()).toMatchObject({ entries: 1, snapshots: 2 });
  });

  it('is live for 3 s of silence, good for reads 60 s more, and lost then', async () => {
    const { state, feed, snapshot } = setUp();
    await snapshot('a');
    const standings = [0, 2_999, 3_000, 62_999, 63_000, 3_600_000].map((now) => {
      state.now = now;
      return feed.standing();
    });
    expect(standings).toEqual(['live', 'live', 'stale', 'stale', 'lost', 'lost']);
    expect(feed.revokes(tokenOf('a'))).toBe(true);
    await expect(feed.ready()).rejects.toThrow(/for 3600 s/);
  });

  it('counts the silence of a heartbeat that failed from the one before', async () => {
    const { state, feed, answer, snapshot } = setUp();
    await snapshot();
    state.now = 1_000;
    await answer(heartbeat);
    state.now = 2_500;
    await answer(new Error('away'));
    state.now = 4_000;
    expect(feed.standing()).toBe('stale');
    expect(feed.facts().ageMs).toBe(3_000);
  });

  it('is live again with the next answer, from where it was, and tells the outage in one line each', async () => {
    const { state, feed, logger, answer, snapshot } = setUp();
    await snapshot('a');
    state.now = 10_000;
    for (const reason of ['away', 'still away', 'away yet']) await answer(new Error(reason));
    expect(feed.standing()).toBe('stale');
    await answer({ cursor: 'g.2', snapshot: false, revocations: [session('b')] });
    expect([feed.standing(), feed.revokes(tokenOf('a')), feed.revokes(tokenOf('b'))]).toEqual([
      'live',
      true,
      true,
    ]);
    expect([logger.warn.mock.calls.length, logger.info.mock.calls.length]).toEqual([1, 1]);
  });

  it('does not count an answer that was under way too long, as in a process that was asleep', async () => {
    const { state, feed, answer, snapshot } = setUp();
    await snapshot();
    state.now = 2_001;
    await answer({ cursor: 'g.2', snapshot: false, revocations: [session('b')] });
    state.now = 3_000;
    expect(feed.standing()).toBe('stale');
    expect(state.asked.slice(-2)).toEqual(['g.1', 'g.1']);
  });

  it('ends with its source, in the midst of a question', async () => {
    const { state, feed, logger, snapshot } = setUp();
    await snapshot();
    await feed.close();
    expect([state.closed, state.asked.length, logger.warn.mock.calls.length]).toEqual([1, 2, 0]);
  });
});
