import type { Revocation } from '@contact-sync/api-contracts';
import type { AuditEntry } from '../../src/domain/audit-entry.ts';
import type { RevocationLog, RevocationNews } from '../../src/ports.ts';

/** What was revoked and noted in one test. */
export const createInMemoryJournal = () => {
  const revoked: Revocation[] = [];
  const noted: AuditEntry[] = [];
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
  return {
    log,
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
