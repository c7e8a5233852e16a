import type { Draw, TokenRate } from './shared-tokens.ts';

/** What one copy may give out by itself while the shared tokens are out of reach, and what it owes them for it. */
export type OwnShare = {
  /** From now on the share fills, from nothing. No effect while it does. */
  start(): void;
  /** What it holds is gone. What it gave out stays owed. */
  stop(): void;
  /** Gives all whole tokens that it holds, owed from now on; 0 where it does not fill. */
  draw(): number;
  /** Until it holds so many, in milliseconds. */
  untilMs(tokens: number): number;
  owed(): Draw['owed'];
  isInDebt(): boolean;
  /** All up to `to` is settled. */
  settled(to: number): void;
};

// What is not used is not kept for long: others may have had it from the shared bucket by then.
const keptMs = 75;

/**
 * A copy's part of a rate. It begins empty, so that what all copies give out by themselves is no more than what the
 * shared bucket gains meanwhile.
 */
export const createOwnShare = (rate: TokenRate, copies: number): OwnShare => {
  const perMs = rate.perSecond / copies / 1_000;
  const burst = Math.max(1, perMs * keptMs);
  const mostOwed = Math.max(1, rate.burst / copies);
  let filling: { tokens: number; at: number } | undefined;
  let settledTo = 0;
  let given = 0;

  const tokensNow = (): number => {
    if (filling === undefined) return 0;
    const now = performance.now();
    filling = { tokens: Math.min(burst, filling.tokens + (now - filling.at) * perMs), at: now };
    return filling.tokens;
  };
  return {
    start: () => {
      filling ??= { tokens: 0, at: performance.now() };
    },
    stop: () => {
      filling = undefined;
    },
    draw: () => {
      const drawn = Math.floor(tokensNow());
      if (filling !== undefined) filling.tokens -= drawn;
      given += drawn;
      return drawn;
    },
    untilMs: (tokens) => Math.max(0, Math.ceil((Math.min(tokens, burst) - tokensNow()) / perMs)),
    // While nobody could reach the shared bucket it gained all the same, up to its burst: beyond that is no debt.
    owed: () => ({ from: Math.max(settledTo, given - mostOwed), to: given }),
    isInDebt: () => settledTo < given,
    settled: (to) => {
      settledTo = Math.max(settledTo, to);
    },
  };
};
