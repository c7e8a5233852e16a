import type { ContentFate, SourceEvents } from '@contact-sync/api-contracts';

/** An event of which no record is left; its version may be unknown too. */
export type AgedOutEvent = { readonly eventId: string; readonly sourceVersion?: number };

type Derived = Pick<ContentFate, 'fate' | 'settledAt' | 'version' | 'sourceVersion'>;

/** Whether a version that is not among the events was never applied, or may only be no longer among them. */
const isAllKept = ({ isComplete, events }: SourceEvents, sourceVersion: number): boolean =>
  isComplete || events.some((kept) => kept.sourceVersion <= sourceVersion);

/**
 * The fate of an event from what its contact has kept (design rule 3): an entry of its own says `applied`; a version below
 * the one taken last was superseded; that version itself was made by another event, or changed nothing. Undefined where
 * too little is kept, or the version has not come yet.
 */
export const deriveFate = (
  kept: SourceEvents,
  { eventId, sourceVersion }: AgedOutEvent,
): Derived | undefined => {
  const entry = kept.events.find((event) => event.eventId === eventId);
  if (entry !== undefined) {
    const { at, version, sourceVersion: taken } = entry;
    return {
      fate: 'applied',
      settledAt: at,
      sourceVersion: taken,
      ...(version !== undefined && { version }),
    };
  }
  if (sourceVersion === undefined || kept.sourceVersion === undefined) return undefined;
  if (sourceVersion > kept.sourceVersion || !isAllKept(kept, sourceVersion)) return undefined;
  if (sourceVersion < kept.sourceVersion) return { fate: 'superseded', sourceVersion };
  const isOfAnother = kept.events.some((event) => event.sourceVersion === sourceVersion);
  return { fate: isOfAnother ? 'duplicate' : 'unchanged', sourceVersion };
};
