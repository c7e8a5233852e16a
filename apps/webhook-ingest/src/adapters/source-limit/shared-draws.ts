import type { OwnShare } from './own-share.ts';
import type { Grant, SharedTokens, TokenRate } from './shared-tokens.ts';

/** How long an answer is waited for, in milliseconds. */
export const patienceMs = 75;
/** After a draw failed: by then every copy is connected again and has told what it owes. */
const recoveryMs = 3_000;
// A hundredth of a second's worth: the limit is kept to one in a hundred, and Redis is asked a hundred times a second.
const chunksPerSecond = 100;

export type SharedDrawsOptions = {
  readonly tokens: SharedTokens;
  readonly rate: TokenRate;
  /** What it owes is charged with each draw. */
  readonly share: OwnShare;
  /** Hears of tokens when they are granted, be it late. */
  readonly onGranted: (tokens: number) => void;
};

/** One copy's draws from the shared tokens, a chunk at a time. */
export const createSharedDraws = ({ tokens, rate, share, onGranted }: SharedDrawsOptions) => {
  const chunk = Math.max(1, Math.min(rate.burst, Math.floor(rate.perSecond / chunksPerSecond)));
  let isChunkAsked = false;
  let recoversAt = Number.NEGATIVE_INFINITY;
  const isRecovering = () => performance.now() < recoversAt;

  const draw = async (): Promise<Grant> => {
    const owed = share.owed();
    // One chunk at a time: what was asked for in vain all the while would be granted in one go, on top of the shares.
    const want = isChunkAsked || isRecovering() ? 0 : chunk;
    isChunkAsked ||= want > 0;
    try {
      const grant = await tokens.draw({ want, owed });
      share.settled(owed.to);
      if (grant.granted) onGranted(want);
      return grant;
    } catch (error) {
      recoversAt = performance.now() + recoveryMs;
      throw error;
    } finally {
      if (want > 0) isChunkAsked = false;
    }
  };
  return {
    /** Whether draws failed so lately that other copies may not have told yet what they owe. */
    isRecovering,
    /** The answer; `slow` where it takes longer than the patience, and then it still counts when it comes. Never throws. */
    draw: () => inTime(draw()),
  };
};

const inTime = (answer: Promise<Grant>): Promise<Grant | 'slow' | 'failed'> =>
  new Promise((resolve) => {
    const timer = setTimeout(resolve, patienceMs, 'slow');
    answer.then(resolve, () => resolve('failed')).finally(() => clearTimeout(timer));
  });
