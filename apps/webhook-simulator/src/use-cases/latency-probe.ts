import type { Latency } from '@contact-sync/api-contracts';
import { percentile } from '../domain/percentile.ts';
import type { Clock, ContactReader } from '../ports.ts';
import { createSlots, type Slots } from './slots.ts';

export type ProbeDependencies = {
  readonly reader: Pick<ContactReader, 'acme'>;
  readonly clock: Clock;
  readonly signal: AbortSignal;
};

type Sample = { readonly version: number; readonly begunAt: number };

export type LatencyProbe = {
  /** Times an event whose first POST began at `begunAt` (ms). */
  readonly watch: (contactId: string, sample: Sample) => void;
  /** Waits at most `graceMs` for what is still watched and gives the result. */
  readonly finish: (graceMs: number) => Promise<Latency>;
};

const MAX_READS_AT_ONCE = 8;
const SHORTEST_PAUSE_MS = 20;
/** Share of a sample's age by which the time found may be too long. */
const AGE_SHARE = 1 / 20;
/** All watched contacts together cause at most 100 reads a second. */
const PAUSE_PER_CONTACT_MS = 10;

const rounded = (ms: number | null): number | null => (ms === null ? null : Math.round(ms * 10) / 10);

const seenVersion = async (
  reader: ProbeDependencies['reader'],
  slots: Slots,
  id: string,
): Promise<number> => {
  try {
    return (await slots(() => reader.acme(id)))?.sourceVersion ?? 0;
  } catch {
    // A failed read shows nothing; the sample only gets older.
    return 0;
  }
};

/** Follows sampled events through the public API until they show, without loading it much. */
export const createLatencyProbe = ({ reader, clock, signal }: ProbeDependencies): LatencyProbe => {
  const watched = new Map<string, Sample[]>();
  const followers = new Set<Promise<void>>();
  const found: number[] = [];
  const slots = createSlots(MAX_READS_AT_ONCE);
  const end = new AbortController();
  const ending = AbortSignal.any([signal, end.signal]);

  const settle = (contactId: string, version: number): Sample | undefined => {
    const now = clock.now();
    const samples = watched.get(contactId) ?? [];
    const open = samples.filter((sample) => sample.version > version);
    for (const sample of samples) if (sample.version <= version) found.push(now - sample.begunAt);
    if (open.length > 0) watched.set(contactId, open);
    else watched.delete(contactId);
    return open.at(-1);
  };
  const follow = async (contactId: string): Promise<void> => {
    while (!ending.aborted) {
      const open = settle(contactId, await seenVersion(reader, slots, contactId));
      if (!open) return;
      const age = clock.now() - open.begunAt;
      const pause = Math.max(SHORTEST_PAUSE_MS, age * AGE_SHARE, watched.size * PAUSE_PER_CONTACT_MS);
      await clock.wait(pause, ending).catch(() => undefined);
    }
  };

  return {
    watch: (contactId, sample) => {
      const samples = watched.get(contactId);
      if (samples) {
        samples.push(sample);
        return;
      }
      watched.set(contactId, [sample]);
      const following = follow(contactId).finally(() => followers.delete(following));
      followers.add(following);
    },
    finish: async (graceMs) => {
      const late = clock.wait(graceMs, ending).catch(() => undefined);
      await Promise.race([Promise.all(followers), late]);
      end.abort();
      const unobserved = [...watched.values()].reduce((sum, samples) => sum + samples.length, 0);
      const [p50Ms, p99Ms] = [rounded(percentile(found, 0.5)), rounded(percentile(found, 0.99))];
      return { samples: found.length, unobserved, p50Ms, p99Ms };
    },
  };
};
