/** A bucket holds `capacity` tokens at most and fills from empty to full in `refillMs`. */
export type BucketSize = { readonly capacity: number; readonly refillMs: number };

export type BucketState = {
  /** Whether there were as many tokens to take. */
  readonly taken: boolean;
  /** Whole tokens left. */
  readonly left: number;
  /** Until as many can be taken again, in milliseconds; 0 while they can. */
  readonly untilNextMs: number;
};

export interface Buckets {
  /**
   * Takes `cost` tokens, one by default, or none where there are fewer; a cost beyond what the bucket holds takes a full
   * one. A bucket that is not known yet is full.
   */
  take(name: string, size: BucketSize, cost?: number): Promise<BucketState>;
}
