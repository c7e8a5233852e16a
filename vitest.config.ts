import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { LongestFirst } from './infra/test-run/longest-first.ts';
import { RunReporter } from './infra/test-run/run-reporter.ts';

const ignored = ['**/node_modules/**', '**/dist/**'];

// For the workers and for every process that tests start.
process.env['NODE_COMPILE_CACHE'] ??= fileURLToPath(new URL('.local/compile-cache', import.meta.url));

const oftenWaiting = {
  sequence: { groupOrder: 1 },
  maxWorkers: Math.max(4, 2 * availableParallelism()),
  // A worker imports once what its files share: a third of their processor time.
  isolate: false,
};

const withServers = {
  globalSetup: ['./vitest.global-setup.ts'],
  testTimeout: 120_000,
  hookTimeout: 120_000,
};

/** They hear of all that their process does: what another file left under way would be taken for theirs. */
const listening = ['packages/service-kit/src/tracing/tracing.test.ts'];

/** What they measure of a process or a machine would be another file's doing. */
const measuring = ['apps/*/test/{memory,overload}.int.test.ts'];

/**
 * Five projects by what they need: `unit` nothing, `alone` a process of its own, `integration` the real servers, `exclusive` these and the machine for
 * itself, `e2e` the whole system. The servers are started once a run, and only if a project asks that has a file in the
 * run; a path narrows a run down.
 *
 * Units compute, integration tests mostly wait for servers, time-outs and processes. Both are one pool with more workers
 * than the machine has processors, so that what waits leaves them to what computes; files that wait come first. What
 * measures follows, a file at a time, then the whole system, a file more at a time than
 * there are processors.
 */
export default defineConfig({
  resolve: { conditions: ['source'] },
  ssr: { resolve: { conditions: ['source'], externalConditions: ['source'] } },
  test: {
    reporters: ['default', new RunReporter('.local/test-run.json')],
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['{apps,packages,infra,bench}/**/*.test.ts', 'e2e/{laws,callers}/**/*.test.ts'],
          exclude: [...ignored, '**/*.int.test.ts', ...listening],
          testTimeout: 60_000,
          hookTimeout: 60_000,
          ...oftenWaiting,
        },
      },
      {
        extends: true,
        test: {
          name: 'alone',
          include: listening,
          exclude: ignored,
          testTimeout: 60_000,
          ...oftenWaiting,
          isolate: true,
        },
      },
      {
        extends: true,
        test: {
          name: 'integration',
          include: ['{apps,packages,infra,bench}/**/*.int.test.ts'],
          exclude: [...ignored, ...measuring],
          ...withServers,
          ...oftenWaiting,
        },
      },
      {
        extends: true,
        test: {
          name: 'exclusive',
          include: measuring,
          exclude: ignored,
          ...withServers,
          maxWorkers: 1,
          sequence: { groupOrder: 2 },
        },
      },
      {
        extends: true,
        test: {
          name: 'e2e',
          include: ['e2e/{test,production}/**/*.test.ts'],
          exclude: ignored,
          globalSetup: [...withServers.globalSetup, './e2e/run/global-setup.ts'],
          testTimeout: 300_000,
          hookTimeout: 300_000,
          // The services of a system wait for each other, and tests for alerts, tiers and sessions, more often than not.
          maxWorkers: Math.min(4, 1 + availableParallelism()),
          isolate: false,
          sequence: { groupOrder: 3 },
        },
      },
    ],
  },
});
