import { defineConfig } from 'vitest/config';

/** `npm run e2e:compose`: what needs a Docker engine. */
export default defineConfig({
  resolve: { conditions: ['source'] },
  ssr: { resolve: { conditions: ['source'], externalConditions: ['source'] } },
  test: {
    name: 'compose',
    root: new URL('../../', import.meta.url).pathname,
    include: ['e2e/compose/**/*.test.ts'],
    testTimeout: 600_000,
    // Images are built first.
    hookTimeout: 1_800_000,
    maxWorkers: 1,
  },
});
