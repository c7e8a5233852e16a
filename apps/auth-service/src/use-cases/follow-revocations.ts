import { setTimeout as pause } from 'node:timers/promises';
import { readCursor } from '../domain/revocation-cursor.ts';
import type { RevocationLog, RevocationNews, RevocationRead } from '../ports.ts';

export type FollowPorts = {
  readonly log: RevocationLog;
  readonly news: RevocationNews;
};

const isNews = ({ isSnapshot, revocations }: RevocationRead): boolean => isSnapshot || revocations.length > 0;

/**
 * What was revoked after a cursor, as soon as there is something, or nothing after `waitMs`. Every answer follows a read
 * of the log that succeeded after the wait: an empty one says that there was nothing until then.
 */
export const createFollowRevocations =
  ({ log, news }: FollowPorts, { waitMs }: { readonly waitMs: number }) =>
  async (after: string | undefined): Promise<RevocationRead> => {
    const cursor = after === undefined ? undefined : readCursor(after);
    // Asked for before the read, so that nothing falls between the two.
    const next = news.next();
    const read = await log.read(cursor);
    if (isNews(read)) return read;
    const waited = new AbortController();
    await Promise.race([next, pause(waitMs, undefined, { signal: waited.signal }).catch(() => undefined)]);
    waited.abort();
    return log.read(cursor);
  };

export type FollowRevocations = ReturnType<typeof createFollowRevocations>;
