import { defineConfig } from 'vitest/config';

/** `npm run e2e:runbooks`: each runbook against its fault; some minutes. */
export default defineConfig({
  resolve: { conditions: ['source'] },
  ssr: { resolve: { conditions: ['source'], externalConditions: ['source'] } },
  test: {
    name: 'runbooks',
    root: new URL('../../', import.meta.url).pathname,
    include: ['e2e/runbooks/**/*.test.ts'],
    testTimeout: 300_000,
    hookTimeout: 300_000,
    maxWorkers: 1,
  },
});
