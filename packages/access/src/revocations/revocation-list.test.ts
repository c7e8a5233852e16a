import { describe, expect, it } from 'vitest';
import { createRevocationList } from './revocation-list.ts';

const until = 1_000;
const token = (changes: { id?: string; sessionId?: string; epoch?: number; keyId?: string } = {}) => {
  const { keyId = 'key-1', ...principal } = changes;
  return { principal: { id: 'ada', sessionId: 'session-1', epoch: 3, ...principal }, keyId };
};

const setUp = () => {
  const state = { now: 0 };
  return { state, list: createRevocationList(() => state.now) };
};

describe('createRevocationList', () => {
  it('revokes a session, whoever it is of, and no other', () => {
    const { list } = setUp();
    list.add([{ kind: 'session', sid: 'session-1', until }]);
    expect(list.revokes(token())).toBe(true);
    expect(list.revokes(token({ id: 'bob' }))).toBe(true);
    expect(list.revokes(token({ sessionId: 'session-2' }))).toBe(false);
  });

  it('revokes what has a lower epoch than its subject, and nothing of that epoch', () => {
    const { list } = setUp();
    list.add([{ kind: 'subject', sub: 'ada', epoch: 4, until }]);
    expect(list.revokes(token())).toBe(true);
    expect(list.revokes(token({ epoch: 4 }))).toBe(false);
    expect(list.revokes(token({ id: 'bob', epoch: 0 }))).toBe(false);
  });

  it('never lets an epoch sink, in whatever order they come', () => {
    const { list } = setUp();
    list.add([
      { kind: 'subject', sub: 'ada', epoch: 4, until },
      { kind: 'subject', sub: 'ada', epoch: 2, until },
    ]);
    expect(list.revokes(token())).toBe(true);
  });

  it('revokes every token of a withdrawn key', () => {
    const { list } = setUp();
    list.add([{ kind: 'key', kid: 'key-1', until }]);
    expect([list.revokes(token()), list.revokes(token({ keyId: 'key-2' }))]).toEqual([true, false]);
  });

  it('is not led astray by names that objects have', () => {
    const { list } = setUp();
    const odd = { id: '__proto__', sessionId: 'constructor', keyId: 'toString' };
    expect(list.revokes(token(odd))).toBe(false);
    list.add([{ kind: 'session', sid: 'constructor', until }]);
    expect(list.revokes(token(odd))).toBe(true);
  });

  it('holds what a snapshot holds and nothing else', () => {
    const { list } = setUp();
    list.add([
      { kind: 'session', sid: 'session-1', until },
      { kind: 'key', kid: 'key-1', until },
    ]);
    list.replace([{ kind: 'session', sid: 'session-2', until }]);
    expect(list.revokes(token())).toBe(false);
    expect([list.revokes(token({ sessionId: 'session-2' })), list.size()]).toEqual([true, 1]);
  });

  it('forgets an entry once no token that it speaks of can live, and none before', () => {
    const { state, list } = setUp();
    list.add([
      { kind: 'session', sid: 'session-1', until },
      { kind: 'subject', sub: 'ada', epoch: 4, until: until + 100 },
      { kind: 'key', kid: 'key-1', until: until + 200 },
    ]);
    const sizeAt = (now: number) => {
      state.now = now;
      list.sweep();
      return list.size();
    };
    expect([until, until + 10, until + 100, until + 110, until + 200, until + 210].map(sizeAt)).toEqual([
      3, 2, 2, 1, 1, 0,
    ]);
  });

  it('stays bounded by what is revoked within the life of a token', () => {
    const { state, list } = setUp();
    let largest = 0;
    for (state.now = 0; state.now < 3_600; state.now += 1) {
      list.add([{ kind: 'session', sid: `session-${state.now}`, until: state.now + 600 }]);
      list.sweep();
      largest = Math.max(largest, list.size());
    }
    expect(largest).toBeGreaterThanOrEqual(600);
    expect(largest).toBeLessThanOrEqual(612);
  });
});
