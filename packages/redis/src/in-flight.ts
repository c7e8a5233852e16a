/** The work that is under way. */
export type InFlight = {
  track<Result>(work: Promise<Result>): Promise<Result>;
  /** Resolves when nothing is under way, or after `timeoutMs`. */
  drained(timeoutMs: number): Promise<void>;
};

export const createInFlight = (): InFlight => {
  const pending = new Set<Promise<unknown>>();
  return {
    track(work) {
      pending.add(work);
      const done = () => pending.delete(work);
      work.then(done, done);
      return work;
    },
    async drained(timeoutMs) {
      let timer: NodeJS.Timeout | undefined;
      const timeout = new Promise<void>((resolve) => {
        timer = setTimeout(resolve, timeoutMs);
      });
      await Promise.race([Promise.allSettled(pending), timeout]);
      clearTimeout(timer);
    },
  };
};
