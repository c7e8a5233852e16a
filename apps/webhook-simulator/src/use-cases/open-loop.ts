import type { Clock } from '../ports.ts';

export type Sending = {
  /** Items begun each second, from the first to the last. */
  readonly perSecond: number;
  /** By how much the item that was latest began too late, in ms: the sender's own slowness. */
  readonly lateMs: number;
};

const MS = 1_000;

/**
 * Begins each item when it is due, `at` ms after the call, whatever became of those before: a slow endpoint does not slow
 * the sender. Items stand in their order. Resolves when all have ended; rejects with the first fault of `begin`.
 */
export const openLoop = async <Item extends { readonly at: number }>(
  items: readonly Item[],
  begin: (item: Item, dueAt: number) => Promise<void>,
  { clock, signal }: { readonly clock: Clock; readonly signal: AbortSignal },
): Promise<Sending> => {
  const underway: Promise<void>[] = [];
  const begunAt = clock.now();
  const failed = new AbortController();
  const stop = AbortSignal.any([signal, failed.signal]);
  let lateMs = 0;
  for (const item of items) {
    const dueAt = begunAt + item.at;
    const early = dueAt - clock.now();
    if (early > 0) await clock.wait(early, stop).catch(() => undefined);
    if (stop.aborted) break;
    lateMs = Math.max(lateMs, clock.now() - dueAt);
    const ending = begin(item, dueAt);
    // Its fault is met at the end; until then it must not count as unhandled.
    ending.catch((fault: unknown) => failed.abort(fault));
    underway.push(ending);
  }
  const seconds = Math.max(clock.now() - begunAt, 1) / MS;
  await Promise.all(underway);
  signal.throwIfAborted();
  return { perSecond: items.length / seconds, lateMs };
};
