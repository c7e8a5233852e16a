import { existsSync, readdirSync } from 'node:fs';
import { defineConfig } from 'vitest/config';

const folders = ['apps', 'packages'].flatMap((parent) =>
  readdirSync(new URL(`./${parent}`, import.meta.url)).map((name) => `${parent}/${name}`),
);

const roots = [...folders, 'e2e', 'bench', 'infra'].filter((folder) =>
  existsSync(new URL(`./${folder}`, import.meta.url)),
);

/** One project a workspace, so that `--project <name>` runs one alone; all share one set of real servers. */
export default defineConfig({
  resolve: { conditions: ['source'] },
  ssr: { resolve: { conditions: ['source'], externalConditions: ['source'] } },
  test: {
    projects: roots.map((folder) => ({
      extends: true as const,
      test: {
        name: folder.split('/').at(-1) ?? folder,
        root: folder,
        include: ['**/*.test.ts'],
        exclude: ['**/node_modules/**', '**/dist/**'],
        testTimeout: 60_000,
        hookTimeout: 120_000,
      },
    })),
  },
});
