/** Why a group is paused, and where the record stands that is tried to see whether it still has to be. */
export type Braked = {
  readonly fingerprint: string;
  readonly topic: string;
  readonly partition: number;
  /** Milliseconds since the epoch. */
  readonly since: number;
};

/** What the copies of a worker know together about one group's brake. */
export type BrakeView = {
  readonly braked?: Braked;
  /** Fingerprints that an operator has accepted: they do not count. */
  readonly accepted: readonly string[];
};

/** Keeps the brake of a group where every copy sees it and no restart forgets it. */
export interface BrakeStore {
  load(): Promise<BrakeView>;
  /** Where the group is braked already, that stays. */
  brake(braked: Braked): Promise<void>;
  /** Only where it is braked for this fingerprint. */
  release(fingerprint: string): Promise<void>;
}
