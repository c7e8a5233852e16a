import type { SessionLimits } from '../../src/adapters/redis-sessions.ts';
import type { AuditEntry } from '../../src/domain/audit-entry.ts';
import type { Session } from '../../src/domain/session.ts';
import type { User } from '../../src/domain/user.ts';
import type { AccessRecord, NewSession, Rotation, RotationOutcome, Sessions } from '../../src/ports.ts';
import type { InMemoryJournal } from './in-memory-journal.ts';

type Stored = NewSession & {
  readonly createdAt: number;
  readonly lastUsedAt: number;
  readonly endsAt: number;
  readonly expiresAt: number;
  readonly parent?: { readonly tokenHash: string; readonly rotatedAt: number; readonly sealedChild: string };
};

const toSession = ({ id, userAgent, address, createdAt, lastUsedAt, expiresAt }: Stored): Session => ({
  ...{ id, userAgent, address },
  ...{ createdAt, lastUsedAt, expiresAt },
});

const isOld = (session: Stored, user: Pick<User, 'generation' | 'keptSession'>): boolean =>
  session.generation < user.generation && session.id !== user.keptSession;

const withAccess = (session: Stored, { tokenId, accessUntil }: AccessRecord): Stored => ({
  ...session,
  tokenId,
  accessUntil: Math.max(accessUntil, session.accessUntil),
});

/** Sessions of one test; `userOf` gives a user as it is now. */
export const createInMemorySessions = (
  { unusedMs, longestMs, graceMs, mostSessions }: SessionLimits,
  userOf: (id: string) => User | undefined,
  journal: InMemoryJournal,
): Sessions => {
  const stored = new Map<string, Stored>();
  const ended = new Set<string>();
  const alive = (id: string, userId: string): Stored | undefined => {
    const session = stored.get(id);
    return session?.userId === userId && session.expiresAt > Date.now() ? session : undefined;
  };
  const end = (session: Stored, note: AuditEntry): void => {
    stored.delete(session.id);
    ended.add(session.id);
    journal.revoke({ kind: 'session', sid: session.id, until: session.accessUntil + 60 });
    journal.note(note);
  };

  const rotate = async (rotation: Rotation): Promise<RotationOutcome> => {
    const { userId, sessionId, tokenHash, childHash, userAgent, address } = rotation;
    const now = Date.now();
    const [session, user] = [alive(sessionId, userId), userOf(userId)];
    if (!session) return { kind: 'refused' };
    if (!user || user.disabled || isOld(session, user)) {
      stored.delete(sessionId);
      return { kind: 'refused' };
    }
    const isRepeat = session.parent?.tokenHash === tokenHash && now - session.parent.rotatedAt <= graceMs;
    if (session.tokenHash !== tokenHash && !isRepeat) {
      end(session, rotation.reuse);
      return { kind: 'reused' };
    }
    const made = { tokenHash, rotatedAt: now, sealedChild: rotation.sealedChild };
    const parent = isRepeat && session.parent ? session.parent : made;
    const expiresAt = Math.min(now + unusedMs, session.endsAt);
    const used = { userAgent, address, lastUsedAt: now, expiresAt };
    const current = isRepeat ? session.tokenHash : childHash;
    stored.set(sessionId, { ...withAccess(session, rotation), ...used, tokenHash: current, parent });
    const { id, roles, epoch } = user;
    const expiresInMs = expiresAt - now;
    return { kind: 'rotated', sealedChild: parent.sealedChild, user: { id, roles, epoch }, expiresInMs };
  };

  return {
    open: async (session) => {
      const now = Date.now();
      const endsAt = now + longestMs;
      const expiresAt = Math.min(now + unusedMs, endsAt);
      stored.set(session.id, { ...session, createdAt: now, lastUsedAt: now, endsAt, expiresAt });
      journal.logins.push(session.begun);
      const own = [...stored.values()]
        .filter(({ id, userId }) => alive(id, session.userId) && userId === session.userId)
        .sort((one, other) => one.expiresAt - other.expiresAt);
      return own.slice(0, Math.max(0, own.length - mostSessions)).map(({ id }) => id);
    },
    rotate,
    record: async (userId, id, access) => {
      const session = alive(id, userId);
      if (session) stored.set(id, withAccess(session, access));
    },
    list: async (user) =>
      [...stored.values()]
        .filter((session) => alive(session.id, user.id) && !isOld(session, user))
        .sort((one, other) => other.lastUsedAt - one.lastUsedAt)
        .map(toSession),
    end: async (userId, sessions) =>
      sessions.flatMap(({ id, note }) => {
        const session = alive(id, userId);
        if (!session) return [];
        end(session, note);
        return [id];
      }),
    hasEnded: async (id) => ended.has(id),
  };
};
