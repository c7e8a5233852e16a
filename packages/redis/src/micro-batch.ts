/** Many callers' items in one call. Rejects for all of a batch as `run` does. */
export type MicroBatch<Item, Result> = (items: readonly Item[]) => Promise<readonly Result[]>;

export type MicroBatchLimits = {
  /** More are asked for in several calls; what one caller brings is never split. */
  readonly maxItems: number;
  /** A caller that brings so many waits for nobody: they are worth a call of their own. */
  readonly enough: number;
};

type Waiting<Item, Result> = {
  readonly items: readonly Item[];
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
  let waiting: Waiting<Item, Result>[] = [];
  let size = 0;

  const flush = (): void => {
    const batch = waiting;
    waiting = [];
    size = 0;
    run(batch.flatMap(({ items }) => items)).then(
      (results) => {
        let from = 0;
        for (const { items, resolve } of batch) {
          resolve(results.slice(from, from + items.length));
          from += items.length;
        }
      },
      (error: unknown) => {
        for (const { reject } of batch) reject(error);
      },
    );
  };

  return (items) =>
    new Promise((resolve, reject) => {
      if (size > 0 && size + items.length > maxItems) flush();
      if (waiting.length === 0) setImmediate(() => waiting.length > 0 && flush());
      waiting.push({ items, resolve, reject });
      size += items.length;
      if (items.length >= enough) flush();
    });
};
