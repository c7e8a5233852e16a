import { randomBytes, randomUUID } from 'node:crypto';
import { eventually } from '@contact-sync/testing';
import { describe, expect, it } from 'vitest';
import type { SessionLimits } from '../../src/adapters/redis-sessions.ts';
import { auditEntry } from '../../src/domain/audit-entry.ts';
import { changeUser, withNewPassword } from '../../src/domain/change-user.ts';
import {
  childOf,
  firstRefreshToken,
  openChild,
  type RefreshToken,
  sealChild,
} from '../../src/domain/refresh-token.ts';
import type { User } from '../../src/domain/user.ts';
import type { AuditTrail, RevocationLog, Sessions, Users } from '../../src/ports.ts';

const HOUR_MS = 3_600_000;
const limits: SessionLimits = {
  unusedMs: HOUR_MS,
  longestMs: 2 * HOUR_MS,
  graceMs: 10_000,
  mostSessions: 3,
  auditEntries: 100,
};

export type SessionPorts = {
  readonly users: Users;
  readonly sessions: Sessions;
  readonly log: RevocationLog;
  readonly trail: AuditTrail;
};

const access = () => ({ tokenId: randomUUID(), accessUntil: Math.floor(Date.now() / 1_000) + 600 });
const note = auditEntry('session.ended', 'nobody', 'session:1', undefined);

const begunBy = (user: User, sessionId: string) =>
  auditEntry('session.begun', `user:${user.id}`, `session:${sessionId}`, undefined);

const newUser = (): User => ({
  id: randomUUID(),
  email: `${randomUUID()}@example.com`,
  passwordHash: 'x',
  roles: ['viewer', 'editor'],
  epoch: 3,
  disabled: false,
  generation: 1,
  createdAt: '2026-11-24T08:00:00.000Z',
});

const openFor = async ({ sessions }: SessionPorts, user: User): Promise<RefreshToken> => {
  const token = firstRefreshToken(user.id, randomBytes(16), randomBytes(32));
  await sessions.open({
    ...access(),
    id: token.sessionId,
    userId: user.id,
    generation: user.generation,
    tokenHash: token.hash,
    userAgent: 'laptop',
    address: '203.0.113.7',
    begun: begunBy(user, token.sessionId),
  });
  return token;
};

const rotate = ({ sessions }: SessionPorts, token: RefreshToken) => {
  const child = childOf(token, randomBytes(32));
  return sessions.rotate({
    ...access(),
    userId: token.userId,
    sessionId: token.sessionId,
    tokenHash: token.hash,
    childHash: child.hash,
    sealedChild: sealChild(token, child),
    userAgent: 'phone',
    address: '2001:db8::1',
    reuse: note,
  });
};

/** The child that a rotation gave. */
const childFrom = (token: RefreshToken, outcome: Awaited<ReturnType<typeof rotate>>): RefreshToken => {
  if (outcome.kind !== 'rotated') throw new Error(`the token was ${outcome.kind}`);
  return openChild(token, outcome.sealedChild);
};

/** What every implementation of {@link Sessions} guarantees; `create` gives empty ports of one store. */
export const sessionsContract = (create: (limits: SessionLimits) => SessionPorts) =>
  describe('sessions', () => {
    const setUp = async (changed: Partial<SessionLimits> = {}) => {
      const ports = create({ ...limits, ...changed });
      const user = newUser();
      await ports.users.create(user, note);
      return { ports, user, ...ports };
    };

    it('rotate their token, and tell of the user as it is now', async () => {
      const { ports, user, sessions } = await setUp();
      const token = await openFor(ports, user);
      const outcome = await rotate(ports, token);
      expect(outcome).toMatchObject({ kind: 'rotated', user: { id: user.id, roles: user.roles, epoch: 3 } });
      const life = outcome.kind === 'rotated' ? outcome.expiresInMs : 0;
      expect(life).toBeGreaterThan(HOUR_MS - 60_000);
      expect(life).toBeLessThanOrEqual(HOUR_MS);
      const [session, ...others] = await sessions.list(user);
      expect(others).toEqual([]);
      expect(session).toMatchObject({ id: token.sessionId, userAgent: 'phone', address: '2001:db8::1' });
      expect(session?.lastUsedAt).toBeGreaterThanOrEqual(session?.createdAt ?? Number.POSITIVE_INFINITY);
      expect(session?.expiresAt).toBeGreaterThan(Date.now() + HOUR_MS - 60_000);
    });

    it('are noted among the logins as they begin', async () => {
      const { ports, user, trail } = await setUp();
      const { sessionId } = await openFor(ports, user);
      const read = await trail.readBack('logins', { limit: 10, before: undefined });
      expect(read.map(({ entry }) => entry)).toEqual([begunBy(user, sessionId)]);
    });

    it('give one child to everybody who comes with the same token at the same time', async () => {
      const { ports, user } = await setUp();
      const token = await openFor(ports, user);
      const outcomes = await Promise.all(Array.from({ length: 100 }, () => rotate(ports, token)));
      const children = outcomes.map((outcome) => childFrom(token, outcome).hash);
      expect(new Set(children).size).toBe(1);
    });

    it('end when a token comes again whose child was used, and are revoked', async () => {
      const { ports, user, sessions, log } = await setUp();
      const first = await openFor(ports, user);
      const second = childFrom(first, await rotate(ports, first));
      const third = childFrom(second, await rotate(ports, second));
      expect(await rotate(ports, first)).toEqual({ kind: 'reused' });
      for (const token of [first, second, third]) {
        expect(await rotate(ports, token)).toEqual({ kind: 'refused' });
      }
      expect(await sessions.list(user)).toEqual([]);
      expect(await sessions.hasEnded(first.sessionId)).toBe(true);
      const { revocations } = await log.read();
      expect(revocations).toMatchObject([{ kind: 'session', sid: first.sessionId }]);
    });

    it('end when a token comes again after its grace', async () => {
      const { ports, user } = await setUp({ graceMs: 0 });
      const token = await openFor(ports, user);
      const child = childFrom(token, await rotate(ports, token));
      await eventually(async () => (await rotate(ports, token)).kind === 'reused', { intervalMs: 2 });
      expect(await rotate(ports, child)).toEqual({ kind: 'refused' });
    });

    it('are revoked for as long as any token lives that they gave out, with or without a rotation', async () => {
      const { ports, user, sessions, log } = await setUp();
      const { sessionId } = await openFor(ports, user);
      const { accessUntil } = access();
      await sessions.record(user.id, sessionId, { tokenId: 'later', accessUntil: accessUntil + 300 });
      await sessions.record(user.id, sessionId, { tokenId: 'sooner', accessUntil });
      await sessions.record(randomUUID(), sessionId, { tokenId: 'x', accessUntil: accessUntil + 900 });
      await sessions.end(user.id, [{ id: sessionId, note }]);
      const [revocation] = (await log.read()).revocations;
      expect(revocation).toEqual({ kind: 'session', sid: sessionId, until: accessUntil + 360 });
    });

    it('are not ended by who knows their id alone', async () => {
      const { ports, user, sessions } = await setUp();
      const token = await openFor(ports, user);
      const stranger = firstRefreshToken(randomUUID(), randomBytes(16), randomBytes(32));
      const forged = { ...stranger, sessionId: token.sessionId };
      expect(await rotate(ports, forged)).toEqual({ kind: 'refused' });
      expect(await sessions.end(stranger.userId, [{ id: token.sessionId, note }])).toEqual([]);
      expect((await rotate(ports, token)).kind).toBe('rotated');
    });

    it('expire when nobody uses them, and at their absolute end whoever does', async () => {
      const { ports, user, sessions } = await setUp({ unusedMs: 60, longestMs: 90 });
      const unused = await openFor(ports, user);
      await eventually(async () => (await rotate(ports, unused)).kind === 'refused', { intervalMs: 100 });
      const used = await openFor(ports, user);
      let token = used;
      await eventually(
        async () => {
          const outcome = await rotate(ports, token);
          if (outcome.kind === 'rotated') token = childFrom(token, outcome);
          return outcome.kind === 'refused';
        },
        { intervalMs: 5 },
      );
      expect(await sessions.list(user)).toEqual([]);
    });

    it('tell which are beyond the most, the longest unused first', async () => {
      const { ports, user, sessions } = await setUp();
      const tokens: RefreshToken[] = [];
      for (let index = 0; index < 3; index += 1) {
        tokens.push(await openFor(ports, user));
        await new Promise((resolve) => setTimeout(resolve, 2));
      }
      const [first, second] = tokens;
      if (first) await rotate(ports, first);
      const fourth = firstRefreshToken(user.id, randomBytes(16), randomBytes(32));
      const opened = { id: fourth.sessionId, tokenHash: fourth.hash, userAgent: '', address: '' };
      const begun = begunBy(user, fourth.sessionId);
      const beyond = await sessions.open({ ...access(), ...opened, userId: user.id, generation: 1, begun });
      expect(beyond).toEqual([second?.sessionId]);
    });

    it('are ended with the password, save the one in which it was changed', async () => {
      const { ports, user, users, sessions } = await setUp();
      const [here, there] = [await openFor(ports, user), await openFor(ports, user)];
      const after = withNewPassword(user, 'y', here.sessionId);
      expect(await users.write({ before: user, after, note })).toBe('done');
      expect((await rotate(ports, here)).kind).toBe('rotated');
      expect((await sessions.list(after)).map(({ id }) => id)).toEqual([here.sessionId]);
      expect(await rotate(ports, there)).toEqual({ kind: 'refused' });
      const again = withNewPassword(after, 'z', 'another');
      expect(await users.write({ before: after, after: again, note })).toBe('done');
      expect(await sessions.list(again)).toEqual([]);
    });

    it('are ended where the user is disabled or deleted', async () => {
      const { ports, user, users } = await setUp();
      const token = await openFor(ports, user);
      const disabled = changeUser(user, { disabled: true });
      await users.write({ before: user, after: disabled, note });
      expect(await rotate(ports, token)).toEqual({ kind: 'refused' });
      const enabled = changeUser(disabled, { disabled: false });
      await users.write({ before: disabled, after: enabled, note });
      const other = await openFor(ports, enabled);
      await users.write({ before: enabled, after: undefined, note });
      expect(await rotate(ports, other)).toEqual({ kind: 'refused' });
    });
  });
