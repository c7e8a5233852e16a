import type { Run } from '@contact-sync/api-contracts';
import type { RunStore } from '../src/ports.ts';

/** Keeps copies, as a store behind a network does. */
export const createMemoryRunStore = (): RunStore => {
  const runs = new Map<string, string>();
  return {
    save: async (run) => {
      runs.set(run.id, JSON.stringify(run));
    },
    find: async (id) => {
      const text = runs.get(id);
      return text === undefined ? undefined : (JSON.parse(text) as Run);
    },
  };
};
