import type { LetterIndex } from '../letters/ports.ts';
import { selectLetters } from '../letters/select-letters.ts';
import type { LiveRate } from './ports.ts';
import type { ReplayJob, ReplayProgress } from './replay-job.ts';
import { type SendPorts, sendAgain } from './send-again.ts';

export type ReplayPorts = SendPorts & {
  readonly index: Pick<LetterIndex, 'find' | 'list'>;
  readonly live: LiveRate;
  /** Waits for the turn of so many letters at that rate. */
  readonly pace: (count: number, perSecond: number, signal: AbortSignal) => Promise<void>;
};

const largestPage = 100;
const countedAtOnce = 1_000;

/** Of what comes live (design rule 9). */
const shareOfLive = 0.1;
const leastPerSecond = 10;

const rateOf = async (job: ReplayJob, live: LiveRate): Promise<number> =>
  job.request.ratePerSecond ?? Math.max(leastPerSecond, shareOfLive * (await live.perSecond()));

const count = async (ports: Pick<ReplayPorts, 'index'>, job: ReplayJob): Promise<number> => {
  let planned = 0;
  let after: string | undefined;
  do {
    const page = await selectLetters(ports.index, job.request.select, {
      limit: countedAtOnce,
      after,
      until: job.startedAt,
    });
    planned += page.entries.length;
    after = page.next;
  } while (after !== undefined);
  return planned;
};

/**
 * Takes a replay one page further, the oldest letters first, at its rate. What became a letter after it was asked for is
 * none of its: so it ends, whatever comes back.
 */
export const createReplayPiece =
  (ports: ReplayPorts) =>
  async (job: ReplayJob, signal: AbortSignal): Promise<{ progress: ReplayProgress; isDone: boolean }> => {
    const { progress, request } = job;
    if (!progress.isCounted) {
      const planned = await count(ports, job);
      return { progress: { ...progress, planned, isCounted: true }, isDone: planned === 0 };
    }
    const rate = await rateOf(job, ports.live);
    const { entries, next } = await selectLetters(ports.index, request.select, {
      limit: Math.max(1, Math.min(largestPage, Math.floor(rate))),
      after: progress.after,
      until: job.startedAt,
    });
    const { sent, refused, parked, gone } = await sendAgain(ports, entries, {
      replayId: job.id,
      by: job.by,
      reason: request.reason,
    });
    if (next !== undefined) await ports.pace(entries.length, rate, signal);
    return {
      progress: {
        ...progress,
        sent: progress.sent + sent,
        refused: progress.refused + refused,
        parked: progress.parked + parked,
        gone: progress.gone + gone,
        ...(next !== undefined && { after: next }),
      },
      isDone: next === undefined,
    };
  };
