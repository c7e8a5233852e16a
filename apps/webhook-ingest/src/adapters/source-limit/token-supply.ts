import { createOwnShare } from './own-share.ts';
import { createSharedDraws, patienceMs } from './shared-draws.ts';
import type { SourceLimitOptions } from './source-limit.ts';

/** The tokens that one copy has at hand, and where it gets more. */
export type TokenSupply = {
  /** Takes a token; false where none is at hand. */
  take(): boolean;
  /** Until it is of use to ask for more, in milliseconds. */
  refusesForMs(): number;
  /** Asks for more, once for all who wait; says how the answer came. Never throws. */
  refill(): Promise<'in time' | 'late'>;
};

const settleEveryMs = 250;

/**
 * Draws from the shared tokens, and from the copy's own share until they answer in time again. The share is charged to
 * the shared tokens two rounds of `patienceMs` before it is used, or as soon as they are in reach.
 */
export const createTokenSupply = ({
  tokens,
  rate,
  copies,
  onOutOfReach,
}: SourceLimitOptions): TokenSupply => {
  const share = createOwnShare(rate, copies);
  let left = 0;
  const onGranted = (granted: number): void => {
    left += granted;
  };
  const shared = createSharedDraws({ tokens, rate, share, onGranted });
  let ripening = 0;
  let isFailing = false;
  let waiting = 0;
  let source: 'shared' | 'own' = 'shared';
  let refusedUntil = Number.NEGATIVE_INFINITY;
  let asking: Promise<'in time' | 'late'> | undefined;

  const fallBack = (): void => {
    if (source === 'shared') onOutOfReach();
    source = 'own';
    share.start();
  };

  const ask = async (): Promise<'in time' | 'late'> => {
    const startedAt = performance.now();
    const pauseFor = (ms: number) =>
      pause(Math.max(0, Math.min(ms, startedAt + patienceMs - performance.now())));
    let drawn = source === 'own' ? share.draw() : 0;
    const grant = await shared.draw();
    // What was under way when the connection went may never be charged while others were granted more.
    if (grant === 'failed' && !isFailing) [drawn, ripening] = [0, 0];
    isFailing = grant === 'failed';
    // A charge may leave less than none, where others were faster. What is charged for one round is made up in one more.
    left += ripening;
    ripening = grant === 'slow' ? drawn : 0;
    if (typeof grant === 'object' && !grant.granted && drawn > 0) await pauseFor(grant.untilNextMs);
    left += drawn - ripening;
    if (typeof grant === 'object' && !shared.isRecovering()) {
      source = 'shared';
      share.stop();
      if (!grant.granted && left < 1) refusedUntil = performance.now() + grant.untilNextMs;
      return 'in time';
    }
    fallBack();
    // Where the answer came at once, those who wait would otherwise ask before the share has anything for them.
    if (left < waiting) await pauseFor(share.untilMs(waiting - left));
    return 'late';
  };

  const refill = async () => {
    asking ??= ask().finally(() => {
      asking = undefined;
      // A copy that nobody asks for tokens any more still tells what it owes.
      if (share.isInDebt()) setTimeout(() => void (share.isInDebt() && refill()), settleEveryMs).unref();
    });
    waiting += 1;
    const answer = await asking;
    waiting -= 1;
    return answer;
  };

  return {
    take: () => {
      if (left < 1) return false;
      left -= 1;
      return true;
    },
    refusesForMs: () => Math.ceil(Math.max(0, refusedUntil - performance.now())),
    refill,
  };
};

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
