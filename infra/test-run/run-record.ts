import { relative } from 'node:path';
import type { SerializedError, TestCase, TestModule, TestRunEndReason } from 'vitest/node';

/** What became of one test run, so that nothing that went wrong in it is left out. */
export interface RunRecord {
  passed: number;
  /** By file and full name, as are `skipped` and `unfinished`. */
  failed: string[];
  skipped: string[];
  /** Collected, but neither passed, failed nor skipped: its process went away, say. */
  unfinished: string[];
  /** Files and suites that failed themselves: an import or a hook threw. Their tests count as skipped by nobody. */
  broken: string[];
  /** What was thrown outside of any test. */
  unhandled: string[];
  /** Whether the run came to its own end. */
  interrupted: boolean;
  files: FileTime[];
}

export interface FileTime {
  path: string;
  project: string;
  /** Import, hooks and tests. */
  seconds: number;
  startedAt: number;
  endedAt: number;
}

export interface RunEnd {
  modules: readonly TestModule[];
  unhandledErrors: readonly SerializedError[];
  reason: TestRunEndReason;
  /** The times in seconds since the run began. */
  spans: ReadonlyMap<string, { startedAt: number; endedAt: number }>;
}

/** The record of a run that has ended; paths are relative to `root`. */
export function recordRun(root: string, { modules, unhandledErrors, reason, spans }: RunEnd): RunRecord {
  const tests = modules.flatMap((module) => [...module.children.allTests()]);
  const inState = (state: string) => tests.filter((test) => test.result().state === state);
  const nameOf = (test: TestCase) => `${relative(root, test.module.moduleId)} > ${test.fullName}`;
  const suites = modules.flatMap((module) => [module, ...module.children.allSuites()]);
  return {
    passed: inState('passed').length,
    failed: inState('failed').map(nameOf),
    skipped: inState('skipped')
      .filter((test) => !liesInBroken(test))
      .map(nameOf),
    unfinished: inState('pending').map(nameOf),
    broken: suites
      .filter((suite) => suite.errors().length > 0)
      .map((suite) => {
        const path = relative(root, (suite.type === 'module' ? suite : suite.module).moduleId);
        return `${path}${suite.type === 'module' ? '' : ` > ${suite.fullName}`}: ${suite.errors()[0]?.message}`;
      }),
    unhandled: unhandledErrors.map(({ message }) => message),
    interrupted: reason === 'interrupted',
    files: modules.map((module) => timeOf(root, module, spans.get(spanKey(module)))),
  };
}

/** One file may run in several projects. */
export function spanKey(module: TestModule): string {
  return `${module.project.name} ${module.moduleId}`;
}

function liesInBroken(test: TestCase): boolean {
  for (let suite = test.parent; ; suite = suite.parent) {
    if (suite.errors().length > 0) return true;
    if (suite.type === 'module') return false;
  }
}

function timeOf(
  root: string,
  module: TestModule,
  { startedAt = 0, endedAt = 0 }: { startedAt?: number; endedAt?: number } = {},
): FileTime {
  const { collectDuration, setupDuration, duration } = module.diagnostic();
  return {
    path: relative(root, module.moduleId),
    project: module.project.name,
    seconds: (collectDuration + setupDuration + duration) / 1_000,
    startedAt,
    endedAt,
  };
}
