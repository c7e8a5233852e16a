import { randomUUID } from 'node:crypto';
import type { Progress as Counts, Run, RunRequest, RunState } from '@contact-sync/api-contracts';
import { resolveOptions } from '../domain/run-options.ts';
import { type ExecuteDependencies, executeRun } from '../use-cases/execute-run.ts';
import { UsageError } from './arguments.ts';
import type { Progress } from './progress.ts';
import type { PlayedRun } from './report.ts';

const none: Counts = { planned: 0, sent: 0, accepted: 0, refused: 0, contacts: 0, settled: 0, verified: 0 };

const runOf = (request: RunRequest): Run => {
  const resolved = resolveOptions(request);
  if ('faults' in resolved)
    throw new UsageError(resolved.faults.map(({ pointer, detail }) => `${pointer} ${detail}`).join('; '));
  const at = new Date().toISOString();
  return {
    id: randomUUID(),
    state: 'sending',
    options: resolved.options,
    progress: none,
    startedAt: at,
    updatedAt: at,
  };
};

/**
 * Plays the runs one after the other, each with contacts of its own.
 *
 * @throws {UsageError} before anything is sent, where one of them cannot be made.
 */
export const playRuns = async (
  requests: readonly RunRequest[],
  dependencies: ExecuteDependencies,
  { progress, signal }: { readonly progress: Progress; readonly signal: AbortSignal },
): Promise<PlayedRun[]> => {
  const runs = requests.map(runOf);
  const played: PlayedRun[] = [];
  for (const run of runs) {
    const name = run.options.scenarios.map((scenario) => scenario.name).join('+');
    let counts = none;
    let current: RunState = 'sending';
    const report = (change: { state?: RunState; progress?: Partial<Counts> }) => {
      current = change.state ?? current;
      counts = { ...counts, ...change.progress };
      progress.shown(name, current, counts);
    };
    played.push({ id: run.id, verdict: await executeRun(run, dependencies, report, signal) });
  }
  return played;
};
