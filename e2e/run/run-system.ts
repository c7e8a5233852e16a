import { inject } from 'vitest';
import type { RunSystem } from './shown-to-tests.ts';

export type { RunSystem } from './shown-to-tests.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Where the run tells of the system that its tests share. */
    readonly runSystemUrl: string;
  }
}

/**
 * The system that the tests of this run share, started for the first who asks. They tell their contacts, events and users
 * apart by ids, count nothing that others make too, and whoever has to break or to set something starts a system of its
 * own (`startSystem`).
 */
export const runSystem = async (): Promise<RunSystem> => {
  const answer = await fetch(inject('runSystemUrl'));
  const text = await answer.text();
  if (!answer.ok) throw new Error(text);
  return JSON.parse(text) as RunSystem;
};
