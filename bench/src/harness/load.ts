import { requestsNeeded } from '../load/keep-rate.ts';
import type { LoadTasks, Source } from '../load/main.ts';
import { type Child, startChild } from './child.ts';
import type { Contestant } from './interleave.ts';

export type Load = Child<LoadTasks>;

/** Starts the process that makes the load; it ends with `cleanUp`. */
export const startLoad = (cleanUp: AsyncDisposableStack): Promise<Load> =>
  startChild<LoadTasks>(new URL('../load/main.ts', import.meta.url), cleanUp);

/** Enough for batches to form. */
const usualConnections = 100;

export type Target<Name extends string> = {
  readonly name: Name;
  readonly url: string;
  readonly expectedStatus: number;
  /** 100 by default. */
  readonly connections?: number;
  /** What is sent, given how many requests a turn may need. */
  readonly source: (requests: number) => Source;
};

type Named<Name extends string> = Contestant & { readonly name: Name };

// Room for a turn much faster than the one before; requests that are left over cost memory only.
const margin = 2.5;

/** Has a target answer as fast as it can. `guess` is more than it answers a second, for the warm-up. */
export const saturated = <const Name extends string>(
  load: Load,
  target: Target<Name> & { readonly guess: number },
): Named<Name> => {
  const { name, url, expectedStatus, source, guess, connections = usualConnections } = target;
  let atMost = guess;
  // A warm-up beside strangers may be far below what the target can do.
  const atLeast = guess / 2;
  return {
    name,
    prepare: (seconds) => load.ask('hold', source(Math.ceil(atMost * seconds))),
    work: async (seconds) => {
      const done = await load.ask('saturate', { url, connections, seconds, expectedStatus });
      atMost = Math.max(atLeast, margin * (done.requests / done.seconds));
      return done;
    },
  };
};

/** Sends to a target at a steady rate whatever it does. */
export const steady = <const Name extends string>(
  load: Load,
  target: Target<Name> & { readonly perSecond: number },
): Named<Name> => {
  const { name, url, expectedStatus, source, perSecond, connections = usualConnections } = target;
  return {
    name,
    prepare: (seconds) => load.ask('hold', source(requestsNeeded({ perSecond, seconds }))),
    work: (seconds) => load.ask('keepRate', { url, connections, perSecond, seconds, expectedStatus }),
  };
};
