export type Draw = {
  /** Tokens asked for: all of them or none. */
  readonly want: number;
  /**
   * What this copy gave out without a grant, in its own running count: `to` is all of it, `from` what it knows to be
   * settled. Settled once, however often and in whatever order draws arrive.
   */
  readonly owed: { readonly from: number; readonly to: number };
};

export type Grant = {
  readonly granted: boolean;
  /** Until as many as were asked for are there again, in milliseconds; 0 while they are. */
  readonly untilNextMs: number;
};

/** The tokens of one source that all copies share, as one copy sees them. */
export interface SharedTokens {
  /**
   * Settles what is owed, also where that leaves fewer than none, then grants what was asked for if it is there.
   *
   * @throws {AppError} where there is no answer; whether the draw took effect is then unknown.
   */
  draw(draw: Draw): Promise<Grant>;
}

/** A bucket holds `burst` tokens at most and gains `perSecond` of them; one that is not known yet is full. */
export type TokenRate = { readonly perSecond: number; readonly burst: number };
