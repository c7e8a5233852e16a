import type { Run, RunRequest } from '@contact-sync/api-contracts';
import { AppError } from '@contact-sync/domain';
import { asOf } from '../domain/run.ts';
import { resolveOptions } from '../domain/run-options.ts';
import { type ExecuteDependencies, executeRun } from './execute-run.ts';
import { createLiveRun, type LiveRun, type LiveRunDependencies } from './live-run.ts';

export type RunnerDependencies = ExecuteDependencies &
  LiveRunDependencies & {
    readonly newId: () => string;
  };

export type Runner = {
  /**
   * Begins a run and gives it as it stands then.
   *
   * @throws {AppError} INVALID_BODY where the numbers do not fit each other, RUN_ACTIVE while this process has a run.
   */
  readonly start: (request: RunRequest) => Promise<Run>;
  /** @throws {AppError} RUN_NOT_FOUND */
  readonly find: (id: string) => Promise<Run>;
  /** Ends the active run as failed; resolves when that is stored or cannot be. */
  readonly close: () => Promise<void>;
};

const STORE_PATIENCE_MS = 60_000;
const STORE_PATIENCE_AT_CLOSE_MS = 3_000;

const newRun = (id: string, request: RunRequest, now: number): Run => {
  const resolved = resolveOptions(request);
  if ('faults' in resolved) {
    throw new AppError('INVALID_BODY', {
      message: 'The run cannot be made like this.',
      errors: resolved.faults,
    });
  }
  const { options } = resolved;
  const at = new Date(now).toISOString();
  const progress = { planned: 0, sent: 0, accepted: 0, refused: 0, contacts: 0, settled: 0, verified: 0 };
  return { id, state: 'sending', options, progress, startedAt: at, updatedAt: at };
};

/** Plays a run to its end, whatever happens. */
const play = async (live: LiveRun, dependencies: RunnerDependencies, stop: AbortSignal): Promise<void> => {
  const { id } = live.current();
  try {
    const verdict = await executeRun(live.current(), dependencies, live.report, stop);
    await live.end({ state: 'done', verdict }, STORE_PATIENCE_MS);
  } catch (cause) {
    if (stop.aborted) {
      await live.end({ state: 'failed', failure: 'The simulator was stopped.' }, STORE_PATIENCE_AT_CLOSE_MS);
      return;
    }
    dependencies.onFault({ runId: id, message: 'a run failed', cause });
    await live.end({ state: 'failed', failure: 'The simulator has a fault of its own.' }, STORE_PATIENCE_MS);
  }
};

/** One process's runs, one at a time. A run is stored while it goes on, so that any copy can show it. */
export const createRunner = (dependencies: RunnerDependencies): Runner => {
  const { store, clock, newId } = dependencies;
  const stop = new AbortController();
  let latest: LiveRun | undefined;
  let playing: Promise<void> = Promise.resolve();
  let busy = false;

  const begin = async (request: RunRequest): Promise<Run> => {
    const run = newRun(newId(), request, clock.now());
    await store.save(run);
    const live = createLiveRun(run, dependencies);
    latest = live;
    playing = play(live, dependencies, stop.signal).finally(() => {
      busy = false;
    });
    return run;
  };

  return {
    start: async (request) => {
      if (busy) throw new AppError('RUN_ACTIVE', { message: 'A run is active; wait until it has ended.' });
      busy = true;
      try {
        return await begin(request);
      } catch (error) {
        busy = false;
        throw error;
      }
    },
    find: async (id) => {
      const own = latest?.current();
      const run = own?.id === id ? own : await store.find(id);
      if (!run) throw new AppError('RUN_NOT_FOUND', { message: 'No such run.' });
      return asOf(run, clock.now());
    },
    close: async () => {
      stop.abort();
      await playing;
    },
  };
};
