/** One piece of work of a group; `run` settles each. */
export type Member<Item, Result> = { readonly item: Item } & Pick<
  PromiseWithResolvers<Result>,
  'resolve' | 'reject'
>;

export type GroupOptions<Item, Result> = {
  /**
   * Works on an id's items, oldest first, and settles each. It rejects where no item is at fault; that befalls every
   * member that it has not settled.
   */
  readonly run: (id: string, members: readonly Member<Item, Result>[]) => Promise<void>;
  readonly largest: number;
};

/**
 * Groups work by id: what comes for an id while work on it is under way waits and is then done together, so that those
 * who hurry to one place do not hinder each other. Nobody waits for another id. When a group's `run` rejects, what has
 * waited for it meets the same end at once, since it would meet it one after the other.
 */
export const createGroups = <Item, Result>({ run, largest }: GroupOptions<Item, Result>) => {
  const waiting = new Map<string, Member<Item, Result>[]>();

  const work = async (id: string, queue: Member<Item, Result>[]): Promise<void> => {
    while (queue.length > 0) {
      const group = queue.splice(0, largest);
      try {
        await run(id, group);
      } catch (error) {
        for (const { reject } of [...group, ...queue.splice(0)]) reject(error);
      }
    }
    waiting.delete(id);
  };

  return (id: string, item: Item): Promise<Result> =>
    new Promise((resolve, reject) => {
      const member = { item, resolve, reject };
      const queue = waiting.get(id);
      if (queue) {
        queue.push(member);
        return;
      }
      const begun = [member];
      waiting.set(id, begun);
      void work(id, begun);
    });
};
