import type { Run } from '@contact-sync/api-contracts';
import type { RunStore } from '../src/ports.ts';

/** Keeps copies, as a store behind a network does. */
export const createMemoryRunStore = (): RunStore => {
  const runs = new Map<string, string>();
  const stops = new Set<string>();
  return {
    save: async (run) => {
      runs.set(run.id, JSON.stringify(run));
    },
    find: async (id) => {
      const text = runs.get(id);
      return text === undefined ? undefined : (JSON.parse(text) as Run);
    },
    list: async ({ limit, before }) =>
      [...runs.keys()]
        .toSorted()
        .reverse()
        .filter((id) => before === undefined || id < before)
        .slice(0, limit)
        .map((id) => JSON.parse(runs.get(id) ?? '') as Run),
    requestStop: async (id) => {
      stops.add(id);
    },
    isStopRequested: async (id) => stops.has(id),
  };
};
