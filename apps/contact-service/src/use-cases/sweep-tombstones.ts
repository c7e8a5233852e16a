import { noWriteBack, stubOf, tombstoneSince } from '@contact-sync/domain';
import type { ContactStore, ContactWrite } from '../ports.ts';
import { type BackgroundWork, createBackgroundWork } from './background-work.ts';

export type SweepPorts = {
  readonly store: Pick<ContactStore, 'tombstones' | 'load' | 'commit'>;
  /** ISO 8601, UTC. */
  readonly now: () => string;
};

export type SweepRound = {
  /** Tombstones of which a stub is left now. */
  readonly swept: number;
  /** How long the longest deleted one has been there, in milliseconds; 0 where there is none. */
  readonly oldestAgeMs: number;
  /** Whether the round took as many as it may, so that more may be due. */
  readonly isFull: boolean;
};

export type SweepObserver = {
  readonly swept: (round: SweepRound) => void;
  readonly failed: (error: unknown) => void;
};

/** What one round takes on: some 50 ms of Redis. */
const roundSize = 200;

/** Between two rounds while there is more: sweeping must not be felt. */
const breathMs = 1_000;

/**
 * Sweeps the tombstones that are older than `retentionMs`, the oldest first (design rule 4). One that changed since it
 * was read stays for another round, so two that sweep at once, or an event that revives, do no harm.
 */
export const sweepRound = async ({ store, now }: SweepPorts, retentionMs: number): Promise<SweepRound> => {
  const at = Date.parse(now());
  const ageOf = (since: string | null): number => (since === null ? Number.NaN : at - Date.parse(since));
  const oldest = await store.tombstones(roundSize);
  const due = oldest.filter(({ since }) => ageOf(since) >= retentionMs);
  const snapshots = await store.load(due.map(({ id }) => id));
  const writes = due.flatMap(({ id }, index): ContactWrite[] => {
    const before = snapshots[index];
    // Restored and deleted once more in between, it is a new tombstone.
    if (!before || !(ageOf(tombstoneSince(before)) >= retentionMs)) return [];
    const stub = stubOf(before);
    if (stub === null) return [];
    const forgets = { ...(before.writeBack && { writeBack: noWriteBack }), forgetsHistory: true } as const;
    return [{ id, before, ...stub, ...forgets, history: [], outgoing: [] }];
  });
  const outcomes = await store.commit(writes);
  return {
    swept: outcomes.filter((outcome) => outcome === 'written').length,
    oldestAgeMs: oldest[0] ? ageOf(oldest[0].since) : 0,
    isFull: due.length === roundSize,
  };
};

/** Sweeps every `intervalMs` until it is stopped, and without a long pause while there is more than a round takes. */
export const createTombstoneSweeper = (
  ports: SweepPorts,
  options: {
    readonly retentionMs: number;
    readonly intervalMs: number;
    readonly observer: SweepObserver;
  },
): BackgroundWork => {
  const { retentionMs, intervalMs, observer } = options;
  let hasMore = false;

  const round = async (): Promise<boolean> => {
    try {
      const done = await sweepRound(ports, retentionMs);
      observer.swept(done);
      return done.isFull;
    } catch (error) {
      observer.failed(error);
      return false;
    }
  };

  return createBackgroundWork({
    step: async (pause, isStopped) => {
      await pause(hasMore ? Math.min(breathMs, intervalMs) : intervalMs);
      if (!isStopped()) hasMore = await round();
    },
  });
};
