import type { Run } from '@contact-sync/api-contracts';
import { HEARTBEAT_MS } from '../domain/run.ts';
import type { Clock, RunStore } from '../ports.ts';
import { persistently } from './persistently.ts';
import type { Report } from './send-script.ts';

export type LiveRunDependencies = {
  readonly store: RunStore;
  readonly clock: Clock;
  /** Told of what the run survives but an operator should know. */
  readonly onFault: (fault: {
    readonly runId: string;
    readonly message: string;
    readonly cause: unknown;
  }) => void;
};

/** A run that goes on in this process. */
export type LiveRun = {
  readonly current: () => Run;
  readonly report: Report;
  /** Aborts once somebody has asked, at any copy, to stop it. */
  readonly stopRequested: AbortSignal;
  /** Stores how it ended; gives up after `patienceMs`. */
  readonly end: (end: Pick<Run, 'state' | 'verdict' | 'failure'>, patienceMs: number) => Promise<void>;
};

/** Keeps `first` up to date in memory and, every two seconds, in the store. */
export const createLiveRun = (first: Run, { store, clock, onFault }: LiveRunDependencies): LiveRun => {
  let run = first;
  const ended = new AbortController();
  const stop = new AbortController();
  const nowText = () => new Date(clock.now()).toISOString();
  const change = (part: Partial<Run>) => {
    run = { ...run, ...part, updatedAt: nowText() };
  };
  // One save at a time, so that an older state never overwrites a newer one.
  const beat = async () => {
    while (!ended.signal.aborted) {
      await clock.wait(HEARTBEAT_MS, ended.signal).catch(() => undefined);
      if (ended.signal.aborted) return;
      change({});
      await store
        .save(run)
        .catch((cause: unknown) => onFault({ runId: run.id, message: 'a run could not be stored', cause }));
      if (await store.isStopRequested(run.id).catch(() => false)) stop.abort();
    }
  };
  const beating = beat();
  return {
    current: () => run,
    stopRequested: stop.signal,
    report: ({ state = run.state, progress }) =>
      change({ state, progress: { ...run.progress, ...progress } }),
    end: async (end, patienceMs) => {
      ended.abort();
      await beating;
      change({ ...end, finishedAt: nowText() });
      const patience = { clock, deadline: clock.now() + patienceMs, signal: new AbortController().signal };
      await persistently(() => store.save(run), patience).catch((cause: unknown) =>
        onFault({ runId: run.id, message: 'the end of a run could not be stored', cause }),
      );
    },
  };
};
