import type { EventFates, FateReader } from '../ports.ts';
import { type Patience, persistently } from './persistently.ts';

const IDS_AT_ONCE = 100;
const PAUSE_MS = 250;

const chunksOf = (ids: readonly string[]): string[][] =>
  Array.from({ length: Math.ceil(ids.length / IDS_AT_ONCE) }, (_, index) =>
    ids.slice(index * IDS_AT_ONCE, (index + 1) * IDS_AT_ONCE),
  );

const isSettled = (fates: EventFates, id: string): boolean => {
  const contents = fates.get(id) ?? [];
  return contents.length > 0 && contents.every((fate) => fate !== null);
};

/**
 * Waits until every event has a fate, which is when the system is at rest (contracts.md, "Event fate"), or the deadline,
 * and gives the fates as they are then; undefined where the public API does not tell of them.
 */
export const awaitFates = async (
  eventIds: readonly string[],
  reader: FateReader,
  patience: Patience,
): Promise<EventFates | undefined> => {
  const found = new Map<string, NonNullable<ReturnType<EventFates['get']>>>();
  for (;;) {
    const open = eventIds.filter((id) => !isSettled(found, id));
    for (const ids of chunksOf(open)) {
      const told = await persistently(() => reader.lookUp(ids), patience).catch(() => undefined);
      patience.signal.throwIfAborted();
      if (told === undefined) return undefined;
      for (const [id, fates] of told) found.set(id, fates);
    }
    if (eventIds.every((id) => isSettled(found, id))) return found;
    if (patience.clock.now() + PAUSE_MS > patience.deadline) return found;
    await patience.clock.wait(PAUSE_MS, patience.signal);
  }
};
