import { AppError } from '@contact-sync/domain';
import { createPollLoop } from './poll-loop.ts';
import { createRevocationList, type RevocableToken } from './revocation-list.ts';
import type { RevocationSource } from './revocation-source.ts';

/**
 * How far it is known what was revoked: `unknown` before the first snapshot; `live`; `stale` once the feed was silent for
 * 3 s, when reads may go on by signature; `lost` 60 s after that (design section 4).
 */
export type RevocationStanding = 'unknown' | 'live' | 'stale' | 'lost';

/** What auth-service has revoked, at hand in memory. */
export type Revocations = {
  readonly standing: () => RevocationStanding;
  readonly revokes: (token: RevocableToken) => boolean;
};

export type RevocationFacts = {
  /** Milliseconds since auth-service last said what it has revoked; infinite before the first snapshot. */
  readonly ageMs: number;
  readonly entries: number;
  /** Snapshots taken since the start: the first, and one each time the log of auth-service is another. */
  readonly snapshots: number;
};

/** Follows auth-service's log of revocations. */
export type RevocationFeed = Revocations & {
  /** Follows from now on until `close`. */
  readonly start: () => void;
  /** Readiness: resolves while the feed is live, else rejects with a reason that an operator may read. */
  readonly ready: () => Promise<void>;
  readonly facts: () => RevocationFacts;
  readonly close: () => Promise<void>;
};

/** Hears one line when the feed falls silent and one when it is back. */
export type RevocationLogger = {
  info(details: object, message: string): void;
  warn(details: object, message: string): void;
};

export type RevocationFeedOptions = {
  /** Closed with the feed. */
  readonly source: RevocationSource;
  readonly logger: RevocationLogger;
  /** Milliseconds of a clock that never goes back. */
  readonly clock?: () => number;
};

/** Silence after which writes and routes of admins are closed, and reads after so much more, in milliseconds. */
const SILENT_MS = 3_000;
const READS_MS = 60_000;
/**
 * An answer that took longer tells of a past too far away, in milliseconds. Together with SILENT_MS it is the longest
 * that a write may pass with a token after its revocation.
 */
const LATE_MS = 2_000;

const late = (ms: number): AppError =>
  new AppError('TIMEOUT', {
    message: 'Tokens cannot be verified right now.',
    internal: `auth-service told what it has revoked after ${Math.round(ms)} ms`,
    retryable: true,
  });

/**
 * One question under way at a time: each is answered within a second or so, with what was revoked meanwhile or, as a
 * heartbeat, with nothing. Silence counts from the last answer, by a clock that nobody sets.
 */
export const createRevocationFeed = (options: RevocationFeedOptions): RevocationFeed => {
  const { source, logger, clock = performance.now.bind(performance) } = options;
  const list = createRevocationList();
  let cursor: string | undefined;
  let heardAt = Number.NEGATIVE_INFINITY;
  let snapshots = 0;

  const poll = async (signal: AbortSignal): Promise<void> => {
    const askedAt = clock();
    const page = await source.next(cursor, signal);
    const tookMs = clock() - askedAt;
    if (tookMs > LATE_MS) throw late(tookMs);
    if (page.snapshot) {
      list.replace(page.revocations);
      snapshots += 1;
    } else if (cursor === undefined) {
      throw new Error('auth-service gave news where a snapshot was asked for');
    } else {
      list.add(page.revocations);
    }
    cursor = page.cursor;
    heardAt = clock();
    list.sweep();
  };

  const loop = createPollLoop({
    poll,
    onOutage: (err) => logger.warn({ err }, 'revocations cannot be followed; trying on'),
    onRecovery: (failures) => logger.info({ failures, snapshots }, 'revocations are followed again'),
  });

  const ageMs = () => clock() - heardAt;
  const standing = (): RevocationStanding => {
    const age = ageMs();
    if (age < SILENT_MS) return 'live';
    if (snapshots === 0) return 'unknown';
    return age < SILENT_MS + READS_MS ? 'stale' : 'lost';
  };

  return {
    standing,
    revokes: list.revokes,
    start: loop.start,
    ready: async () => {
      if (snapshots === 0) throw new Error('auth-service has not yet told what it has revoked');
      if (standing() === 'live') return;
      throw new Error(`auth-service has not told what it has revoked for ${Math.round(ageMs() / 1_000)} s`);
    },
    facts: () => ({ ageMs: ageMs(), entries: list.size(), snapshots }),
    close: async () => {
      await loop.close();
      await source.close();
    },
  };
};
