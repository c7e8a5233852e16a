import type { Revocation } from '@contact-sync/api-contracts';
import type { AuditEntry } from '../../src/domain/audit-entry.ts';
import type { AuditTrail, NotedEntry, RevocationLog, RevocationNews } from '../../src/ports.ts';

/** What was revoked and noted in one test. */
export const createInMemoryJournal = () => {
  const revoked: Revocation[] = [];
  const noted: AuditEntry[] = [];
  const logins: AuditEntry[] = [];
  let news = Promise.withResolvers<void>();
  const log: RevocationLog & RevocationNews = {
    read: async (after) => {
      const isSnapshot = after?.generation !== 'memory';
      const from = isSnapshot ? 0 : Number(after.entry.split('-')[0]);
      const cursor = { generation: 'memory', entry: `${revoked.length}-0` };
      return { cursor, isSnapshot, revocations: revoked.slice(from), at: Math.floor(Date.now() / 1_000) };
    },
    next: () => news.promise,
  };
  const placed = (entries: readonly AuditEntry[]): NotedEntry[] =>
    entries.map((entry, place) => ({ id: `${place + 1}-0`, at: place, entry }));
  const placeOf = (id: string) => Number(id.split('-')[0]);
  const trails = { changes: noted, logins };
  const trail: AuditTrail = {
    noteLogin: async (entry) => void logins.push(entry),
    readBack: async (name, { limit, before = `${Number.MAX_SAFE_INTEGER}-0` }) =>
      placed(trails[name])
        .filter(({ id }) => placeOf(id) < placeOf(before))
        .reverse()
        .slice(0, limit),
    readOn: async (name, { limit, after }) =>
      placed(trails[name])
        .filter(({ id }) => placeOf(id) > placeOf(after))
        .slice(0, limit),
  };
  return {
    log,
    trail,
    logins,
    revoked,
    noted,
    revoke: (revocation: Revocation) => {
      revoked.push(revocation);
      const heard = news;
      news = Promise.withResolvers();
      heard.resolve();
    },
    note: (entry: AuditEntry) => void noted.push(entry),
  };
};

export type InMemoryJournal = ReturnType<typeof createInMemoryJournal>;
