/** A bucket holds `capacity` tokens at most and fills from empty to full in `refillMs`. */
export type BucketSize = { readonly capacity: number; readonly refillMs: number };

export type BucketState = {
  /** Whether there was a token to take. */
  readonly taken: boolean;
  /** Whole tokens left. */
  readonly left: number;
  /** Until there is a token again, in milliseconds; 0 while there is one. */
  readonly untilNextMs: number;
};

export interface Buckets {
  /** Takes one token from the bucket of that name; a bucket that is not known yet is full. */
  take(name: string, size: BucketSize): Promise<BucketState>;
}
