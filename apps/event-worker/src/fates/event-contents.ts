import type { ContentFate, Receipt } from '@contact-sync/api-contracts';
import { recordedFate } from './content-fate.ts';
import type { FateRecord } from './fate-record.ts';
import { toPlaceText } from './place-text.ts';

export type EventContents = {
  /** Of every content that was worked off, oldest first. */
  readonly recorded: readonly ContentFate[];
  /** What ingest accepted and no record tells of. */
  readonly unrecorded: readonly Receipt[];
};

/**
 * What came under one event id, by content. A receipt belongs to the content whose records stood first where it says: an
 * event may be one content to us and two to ingest, which looks at bytes that we do not keep.
 */
export const contentsOf = (records: readonly FateRecord[], receipts: readonly Receipt[]): EventContents => {
  const contents = Map.groupBy(records, ({ content }) => content);
  const contentAt = new Map(records.map(({ origin, content }) => [toPlaceText(origin), content]));
  const receiptsOf = Map.groupBy(receipts, (receipt) => contentAt.get(toPlaceText(receipt)));
  return {
    recorded: [...contents].map(([content, found]) => recordedFate(found, receiptsOf.get(content) ?? [])),
    unrecorded: receiptsOf.get(undefined) ?? [],
  };
};
