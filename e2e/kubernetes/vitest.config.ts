import { defineConfig } from 'vitest/config';

/** `npm run e2e:kubernetes`: what needs a cluster, kubectl and helm. */
export default defineConfig({
  resolve: { conditions: ['source'] },
  ssr: { resolve: { conditions: ['source'], externalConditions: ['source'] } },
  test: {
    name: 'kubernetes',
    root: new URL('../../', import.meta.url).pathname,
    include: ['e2e/kubernetes/**/*.test.ts'],
    globalSetup: ['e2e/kubernetes/images.ts'],
    testTimeout: 900_000,
    hookTimeout: 1_800_000,
    maxWorkers: 1,
  },
});
