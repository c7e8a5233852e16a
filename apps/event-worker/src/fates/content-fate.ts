import type { Attempt, ContentFate, Receipt, Reception } from '@contact-sync/api-contracts';
import type { EventHead, FateRecord, Place } from './fate-record.ts';
import { letterIdOf } from './letter-id.ts';
import { toPlaceText } from './place-text.ts';

const isoOf = (milliseconds: number): string => new Date(milliseconds).toISOString();

const attemptOf = (record: FateRecord): Attempt => {
  const { at, origin, place = origin, outcome, version, fault, replayId } = record;
  return {
    at: isoOf(at),
    ...place,
    outcome,
    ...(version !== undefined && { version }),
    ...(fault && { fault }),
    ...(replayId !== undefined && { replayId }),
  };
};

/** The first one that ended the event's way stands; later ones are attempts (design rule 2). */
const endOf = (records: readonly FateRecord[]): Partial<ContentFate> => {
  const first = records.find(({ outcome }) => outcome !== 'retry');
  if (first === undefined || first.outcome === 'retry') return {};
  const { outcome, at, version, fault, origin } = first;
  return {
    fate: outcome,
    settledAt: isoOf(at),
    ...(version !== undefined && { version }),
    ...(fault && { fault }),
    ...(outcome === 'dead_letter' && { deadLetterId: letterIdOf(origin) }),
  };
};

type Head = Pick<EventHead, 'contactId' | 'eventType' | 'sourceVersion'>;

const headOf = ({ contactId, eventType, sourceVersion }: Head): Head => ({
  ...(contactId !== undefined && { contactId }),
  ...(eventType !== undefined && { eventType }),
  ...(sourceVersion !== undefined && { sourceVersion }),
});

const receptionOf = (place: Place, { receivedAt: at, secretId }: Partial<Receipt>): Reception => {
  const { topic, partition, offset } = place;
  return {
    ...(at !== undefined && { at }),
    ...{ topic, partition, offset },
    ...(secretId !== undefined && { secretId }),
  };
};

/** Where the content was published: once, or again where the first time was not remembered. */
const receptionsOf = (records: readonly FateRecord[], receipts: readonly Receipt[]): Reception[] => {
  const byPlace = new Map<string, Reception>();
  for (const receipt of receipts) byPlace.set(toPlaceText(receipt), receptionOf(receipt, receipt));
  for (const record of records) {
    const place = toPlaceText(record.origin);
    if (!byPlace.has(place)) byPlace.set(place, receptionOf(record.origin, record));
  }
  return [...byPlace.values()];
};

const duplicatesOf = (receipts: readonly Receipt[]): Pick<ContentFate, 'duplicates'> => {
  const repeats = receipts.flatMap(({ duplicates }) => duplicates ?? []);
  if (repeats.length === 0) return {};
  const count = repeats.reduce((sum, repeat) => sum + repeat.count, 0);
  return { duplicates: { count, at: repeats.flatMap(({ at }) => at).toSorted() } };
};

/** What became of one content: of its records, at least one, with what ingest says of it. */
export const recordedFate = (records: readonly FateRecord[], receipts: readonly Receipt[]): ContentFate => {
  const readable = records.find(({ contactId }) => contactId !== undefined);
  const [receipt] = receipts;
  return {
    source: 'acmecrm',
    ...headOf(receipt ?? {}),
    ...headOf(readable ?? {}),
    ...endOf(records),
    knownFrom: 'record',
    received: receptionsOf(records, receipts),
    ...duplicatesOf(receipts),
    attempts: records.filter(({ replayId }) => replayId === undefined).map(attemptOf),
    replays: records.filter(({ replayId }) => replayId !== undefined).map(attemptOf),
  };
};

/** A content that ingest accepted and that no record tells of: it is under way, or its record has aged out. */
export const receivedContent = (receipt: Receipt): ContentFate => ({
  source: 'acmecrm',
  ...headOf(receipt),
  knownFrom: 'receipt',
  received: [receptionOf(receipt, receipt)],
  ...duplicatesOf([receipt]),
  attempts: [],
  replays: [],
});
