/** Many callers' items in one call. Rejects for all of a batch as `run` does. */
export type MicroBatch<Item, Result> = (items: readonly Item[]) => Promise<readonly Result[]>;

export type MicroBatchLimits = {
  /** More are asked for in several calls; what one caller brings is never split. */
  readonly maxItems: number;
  /** A caller that brings so many waits for nobody: they are worth a call of their own. */
  readonly enough: number;
};

/** One that asked for so many. */
type Waiter<Result> = {
  readonly count: number;
  readonly resolve: (results: readonly Result[]) => void;
  readonly reject: (error: unknown) => void;
};

/**
 * Gathers what is asked for in one turn of the event loop and asks once for all: under load a client's cost for each
 * command is what counts, and at low rates nobody waits. Who brings enough for a call is not held up, so that the server
 * works while the turn goes on, and large callers do not fall into step with each other.
 */
export const createMicroBatch = <Item, Result>(
  run: (items: readonly Item[]) => Promise<readonly Result[]>,
  { maxItems, enough }: MicroBatchLimits,
): MicroBatch<Item, Result> => {
  let waiting: Waiter<Result>[] = [];
  let asked: Item[] = [];

  const flush = (): void => {
    const [waiters, items] = [waiting, asked];
    waiting = [];
    asked = [];
    // Items are the call's alone from here on: what is held until it answers costs V8 with every collection.
    run(items).then(
      (results) => {
        let from = 0;
        for (const { count, resolve } of waiters) {
          resolve(results.slice(from, from + count));
          from += count;
        }
      },
      (error: unknown) => {
        for (const { reject } of waiters) reject(error);
      },
    );
  };

  return (items) =>
    new Promise((resolve, reject) => {
      if (asked.length > 0 && asked.length + items.length > maxItems) flush();
      if (waiting.length === 0) setImmediate(() => waiting.length > 0 && flush());
      waiting.push({ count: items.length, resolve, reject });
      for (const item of items) asked.push(item);
      if (items.length >= enough) flush();
    });
};
