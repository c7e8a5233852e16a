import { defineConfig } from 'vitest/config';

/** `npm run charts`: what needs helm; no cluster. */
export default defineConfig({
  resolve: { conditions: ['source'] },
  ssr: { resolve: { conditions: ['source'], externalConditions: ['source'] } },
  test: {
    name: 'charts',
    root: new URL('../../', import.meta.url).pathname,
    include: ['infra/helm/rendered/**/*.charts.ts'],
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
