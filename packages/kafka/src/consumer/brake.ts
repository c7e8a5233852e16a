import { type BackoffOptions, backoffMs } from '../backoff.ts';
import type { Braked } from './brake-store.ts';
import type { IncomingRecord } from './consumed-record.ts';
import { createOutcomeWindow, type Mark } from './outcome-window.ts';
import { createSharedBrake, type SharedBrakeOptions } from './shared-brake.ts';

export type BrakeOptions = SharedBrakeOptions & {
  /** The waits between two probes; 1 s doubling to 60 s by default. */
  readonly probes?: BackoffOptions;
};

/** How often the copies look at what they know together, and a paused partition at the brake. */
export const brakeSyncMs = 1_000;

/** Tells when the record that is held may be tried again. */
const createProbes = (waits: BackoffOptions) => {
  let failures = 0;
  let dueAt = Number.NEGATIVE_INFINITY;
  return {
    begin(): void {
      failures = 0;
      dueAt = performance.now() + backoffMs(1, waits);
    },
    failed(): void {
      failures += 1;
      dueAt = performance.now() + backoffMs(failures + 1, waits);
    },
    isDue: (): boolean => performance.now() >= dueAt,
  };
};

/**
 * Stops a group that fails everything from draining its stream into dead letters (design rule 8): when more than 20 % of
 * the last 200 outcomes would have one fingerprint, it is us. From then on only the record that was one too many is tried,
 * with growing waits, until it fares otherwise or somebody accepts the fingerprint.
 */
export const createBrake = ({
  probes: waits = { firstMs: 1_000, maxMs: 60_000 },
  ...options
}: BrakeOptions) => {
  const { logger, onChange } = options;
  const window = createOutcomeWindow({ size: 200, share: 0.2 });
  const probes = createProbes(waits);
  const shared = createSharedBrake({
    ...options,
    onChange: (braked) => {
      window.clear();
      probes.begin();
      onChange(braked);
    },
  });
  const markOf = (fingerprint: Mark): Mark =>
    fingerprint !== undefined && shared.isAccepted(fingerprint) ? undefined : fingerprint;

  const hold = ({ position: { topic, partition, offset } }: IncomingRecord, fingerprint: string): void => {
    logger.error(
      { fingerprint, topic, partition, offset },
      'too many records fail alike: the group is paused',
    );
    shared.brake({ fingerprint, topic, partition, since: Date.now() });
  };

  return {
    sync: shared.sync,
    braked: (): Braked | undefined => shared.braked(),
    /**
     * How many from the front may be settled, which count from now on; where it is not all, the group is braked by the
     * record behind them, or was braked while these were under way.
     */
    admit(records: readonly IncomingRecord[], fingerprints: readonly Mark[]): number {
      if (shared.braked() !== undefined) return 0;
      const room = window.take(fingerprints.map(markOf));
      const held = records[room];
      const fingerprint = fingerprints[room];
      if (held !== undefined && fingerprint !== undefined) hold(held, fingerprint);
      return room;
    },
    /** Takes back what was admitted and could not be settled. */
    withdraw: (fingerprints: readonly Mark[]): void => window.giveBack(fingerprints.map(markOf)),
    /** Whether the record is to be tried now though the group is braked. */
    isProbe({ position }: IncomingRecord): boolean {
      const braked = shared.braked();
      if (position.topic !== braked?.topic || position.partition !== braked.partition) return false;
      return probes.isDue();
    },
    /** What the probe showed; true where the group goes on. */
    probed(fingerprint: Mark): boolean {
      const held = shared.braked()?.fingerprint;
      if (held === undefined) return true;
      if (markOf(fingerprint) === held) {
        probes.failed();
        return false;
      }
      logger.warn({ fingerprint: held }, 'the group goes on: what failed does not fail that way any more');
      shared.release();
      return true;
    },
  };
};

export type Brake = ReturnType<typeof createBrake>;
