/** Runs a task once one of the slots is free, first come, first served. */
export type Slots = <Result>(task: () => Promise<Result>) => Promise<Result>;

/** At most `count` tasks at a time. */
export const createSlots = (count: number): Slots => {
  const waiting: (() => void)[] = [];
  let free = count;
  return async (task) => {
    if (free > 0) free -= 1;
    else await new Promise<void>((resolve) => waiting.push(resolve));
    try {
      return await task();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else free += 1;
    }
  };
};
