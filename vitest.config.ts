import { defineConfig } from 'vitest/config';
import { RunReporter } from './infra/test-run/run-reporter.ts';

const ignored = ['**/node_modules/**', '**/dist/**'];

/**
 * Three projects by what they need: `unit` nothing, `integration` the real servers, `e2e` the whole system on them. The
 * servers are started once a run, by the first project that asks, and only if one does. A path narrows a run down to
 * one workspace.
 */
export default defineConfig({
  resolve: { conditions: ['source'] },
  ssr: { resolve: { conditions: ['source'], externalConditions: ['source'] } },
  test: {
    reporters: ['default', new RunReporter('.local/test-run.json')],
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['{apps,packages,infra,bench}/**/*.test.ts'],
          exclude: [...ignored, '**/*.int.test.ts'],
          testTimeout: 60_000,
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: true,
        test: {
          name: 'integration',
          include: ['{apps,packages,infra,bench}/**/*.int.test.ts'],
          exclude: ignored,
          globalSetup: ['./vitest.global-setup.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
          sequence: { groupOrder: 1 },
        },
      },
      {
        extends: true,
        test: {
          name: 'e2e',
          include: ['e2e/**/*.test.ts'],
          exclude: ignored,
          globalSetup: ['./vitest.global-setup.ts'],
          testTimeout: 300_000,
          hookTimeout: 300_000,
          fileParallelism: false,
          sequence: { groupOrder: 2 },
        },
      },
    ],
  },
});
