import type { Run, RunRequest } from '@contact-sync/api-contracts';
import { AppError } from '@contact-sync/domain';
import { apartFromTraces } from '@contact-sync/service-kit';
import { asOf, isFinished } from '../domain/run.ts';
import { resolveOptions } from '../domain/run-options.ts';
import type { Targets } from '../ports.ts';
import { type ExecuteDependencies, executeRun } from './execute-run.ts';
import { createLiveRun, type LiveRun, type LiveRunDependencies } from './live-run.ts';

export type RunnerDependencies = Omit<ExecuteDependencies, 'endpoint' | 'target'> &
  LiveRunDependencies & { readonly targets: Targets };

export type Runner = {
  /**
   * Begins a run and gives it as it stands then.
   *
   * @throws {AppError} INVALID_BODY where it cannot be made like this, TARGET_NOT_ALLOWED, RUN_ACTIVE while this process
   * has a run.
   */
  readonly start: (request: RunRequest) => Promise<Run>;
  /** @throws {AppError} RUN_NOT_FOUND */
  readonly find: (id: string) => Promise<Run>;
  /** Newest first, of every copy; `before` is the id of the last one seen. */
  readonly list: (page: { readonly limit: number; readonly before?: string }) => Promise<readonly Run[]>;
  /** Has whatever copy plays it stop. @throws {AppError} RUN_NOT_FOUND, CONFLICT where it has ended. */
  readonly stop: (id: string) => Promise<void>;
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
  const at = new Date(now).toISOString();
  const progress = { planned: 0, sent: 0, accepted: 0, refused: 0, contacts: 0, settled: 0, verified: 0 };
  return { id, state: 'sending', options: resolved.options, progress, startedAt: at, updatedAt: at };
};

/** Where a run sends. @throws {AppError} TARGET_NOT_ALLOWED */
const endpointFor = ({ options }: Run, { names, endpointOf }: Targets) => {
  const target = options.target ?? names[0];
  const endpoint = endpointOf(target);
  if (endpoint) return { target, endpoint };
  throw new AppError('TARGET_NOT_ALLOWED', { message: 'Runs go to the targets of the status alone.' });
};

/** Plays a run to its end, whatever happens. */
const play = async (
  live: LiveRun,
  dependencies: ExecuteDependencies & LiveRunDependencies,
  closing: AbortSignal,
): Promise<void> => {
  const { id } = live.current();
  const stop = AbortSignal.any([closing, live.stopRequested]);
  try {
    const verdict = await executeRun(live.current(), dependencies, live.report, stop);
    await live.end({ state: 'done', verdict }, STORE_PATIENCE_MS);
  } catch (cause) {
    if (closing.aborted) {
      await live.end({ state: 'failed', failure: 'The simulator was stopped.' }, STORE_PATIENCE_AT_CLOSE_MS);
      return;
    }
    if (live.stopRequested.aborted) {
      await live.end({ state: 'stopped', failure: 'It was stopped on request.' }, STORE_PATIENCE_MS);
      return;
    }
    dependencies.onFault({ runId: id, message: 'a run failed', cause });
    await live.end({ state: 'failed', failure: 'The simulator has a fault of its own.' }, STORE_PATIENCE_MS);
  }
};

/** One process's runs, one at a time. A run is stored while it goes on, so that any copy can show it. */
export const createRunner = ({ targets, ...dependencies }: RunnerDependencies): Runner => {
  const { store, clock, newId } = dependencies;
  const closing = new AbortController();
  let latest: LiveRun | undefined;
  let playing: Promise<void> = Promise.resolve();
  let busy = false;

  const begin = async (request: RunRequest): Promise<Run> => {
    const run = newRun(newId(), request, clock.now());
    const where = endpointFor(run, targets);
    await store.save(run);
    const live = createLiveRun(run, dependencies);
    latest = live;
    const ended = apartFromTraces(() => play(live, { ...dependencies, ...where }, closing.signal));
    playing = ended.finally(() => {
      busy = false;
    });
    return run;
  };
  const shown = (run: Run): Run => {
    const own = latest?.current();
    return asOf(own?.id === run.id ? own : run, clock.now());
  };
  const find = async (id: string): Promise<Run> => {
    const own = latest?.current();
    const run = own?.id === id ? own : await store.find(id);
    if (!run) throw new AppError('RUN_NOT_FOUND', { message: 'No such run.' });
    return asOf(run, clock.now());
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
    find,
    list: async (page) => (await store.list(page)).map(shown),
    stop: async (id) => {
      if (isFinished(await find(id))) throw new AppError('CONFLICT', { message: 'The run has ended.' });
      await store.requestStop(id);
    },
    close: async () => {
      closing.abort();
      await playing;
    },
  };
};
